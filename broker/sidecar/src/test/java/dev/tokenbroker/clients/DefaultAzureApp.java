package dev.tokenbroker.clients;

import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.DefaultAzureCredentialBuilder;

/** An app that uses azure-identity's DefaultAzureCredential and nothing of ours. */
public final class DefaultAzureApp {

  private DefaultAzureApp() {}

  /** Arguments: the resource, and kind and id of an identity if one is meant. Prints the token. */
  public static void main(String[] args) throws Exception {
    ClientVersion.print("com.azure", "azure-identity");
    DefaultAzureCredentialBuilder builder = new DefaultAzureCredentialBuilder();
    if (args.length > 1) {
      switch (args[1]) {
        case "client_id" -> builder.managedIdentityClientId(args[2]);
        default -> builder.managedIdentityResourceId(args[2]);
      }
    }
    TokenRequestContext context = new TokenRequestContext().addScopes(args[0] + "/.default");
    System.out.println(builder.build().getTokenSync(context).getToken());
  }
}
