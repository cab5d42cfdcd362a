package dev.tokenbroker.clients;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.ManagedIdentityCredentialBuilder;

/** An app that uses azure-identity's ManagedIdentityCredential and nothing of ours. */
public final class AzureIdentityApp {

  private AzureIdentityApp() {}

  /** Arguments: the resource, and kind and id of an identity if one is meant. Prints the token. */
  public static void main(String[] args) throws Exception {
    ClientVersion.print("com.azure", "azure-identity");
    ManagedIdentityCredentialBuilder builder = new ManagedIdentityCredentialBuilder();
    if (args.length > 1) {
      switch (args[1]) {
        case "client_id" -> builder.clientId(args[2]);
        case "object_id" -> builder.objectId(args[2]);
        default -> builder.resourceId(args[2]);
      }
    }
    AccessToken token =
        builder.build().getTokenSync(new TokenRequestContext().addScopes(args[0] + "/.default"));
    System.out.println(token.getToken());
  }
}
