package dev.tokenbroker.clients;

import com.microsoft.aad.msal4j.ManagedIdentityApplication;
import com.microsoft.aad.msal4j.ManagedIdentityId;
import com.microsoft.aad.msal4j.ManagedIdentityParameters;

/** An app that uses msal4j's ManagedIdentityApplication and nothing of ours. */
public final class MsalApp {

  private MsalApp() {}

  /** Arguments: the resource, and kind and id of an identity if one is meant. Prints the token. */
  public static void main(String[] args) throws Exception {
    ClientVersion.print("com.microsoft.azure", "msal4j");
    System.out.println(
        ManagedIdentityApplication.builder(
                args.length > 1 ? named(args[1], args[2]) : ManagedIdentityId.systemAssigned())
            .build()
            .acquireTokenForManagedIdentity(ManagedIdentityParameters.builder(args[0]).build())
            .get()
            .accessToken());
  }

  private static ManagedIdentityId named(String kind, String id) {
    return switch (kind) {
      case "client_id" -> ManagedIdentityId.userAssignedClientId(id);
      case "object_id" -> ManagedIdentityId.userAssignedObjectId(id);
      default -> ManagedIdentityId.userAssignedResourceId(id);
    };
  }
}
