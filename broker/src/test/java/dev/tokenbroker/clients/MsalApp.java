package dev.tokenbroker.clients;

import com.microsoft.aad.msal4j.ManagedIdentityApplication;
import com.microsoft.aad.msal4j.ManagedIdentityId;
import com.microsoft.aad.msal4j.ManagedIdentityParameters;

/** An app that uses msal4j's ManagedIdentityApplication and nothing of ours. */
public final class MsalApp {

  private MsalApp() {}

  /** Arguments: the resource, and a client id if one is meant. Prints the token. */
  public static void main(String[] args) throws Exception {
    ManagedIdentityId identity =
        args.length > 1
            ? ManagedIdentityId.userAssignedClientId(args[1])
            : ManagedIdentityId.systemAssigned();
    System.out.println(
        ManagedIdentityApplication.builder(identity)
            .build()
            .acquireTokenForManagedIdentity(ManagedIdentityParameters.builder(args[0]).build())
            .get()
            .accessToken());
  }
}
