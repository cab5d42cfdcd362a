package dev.tokenbroker.clients;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.WorkloadIdentityCredentialBuilder;

/** An app that uses azure-identity's WorkloadIdentityCredential and nothing of ours. */
public final class WorkloadIdentityApp {

  private WorkloadIdentityApp() {}

  /** The argument is the resource. Prints the token. */
  public static void main(String[] args) {
    AccessToken token =
        new WorkloadIdentityCredentialBuilder()
            .disableInstanceDiscovery()
            .build()
            .getTokenSync(new TokenRequestContext().addScopes(args[0] + "/.default"));
    System.out.println(token.getToken());
  }
}
