package dev.tokenbroker.clients;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.ManagedIdentityCredentialBuilder;

/** An app that uses azure-identity's ManagedIdentityCredential and nothing of ours. */
public final class AzureIdentityApp {

  private AzureIdentityApp() {}

  /** Arguments: the scope, and a client id if one is meant. Prints the token. */
  public static void main(String[] args) {
    ManagedIdentityCredentialBuilder builder = new ManagedIdentityCredentialBuilder();
    if (args.length > 1) {
      builder.clientId(args[1]);
    }
    AccessToken token = builder.build().getTokenSync(new TokenRequestContext().addScopes(args[0]));
    System.out.println(token.getToken());
  }
}
