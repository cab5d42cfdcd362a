package dev.tokenbroker.client.examples;

import com.azure.core.credential.TokenCredential;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import dev.tokenbroker.client.BrokerCredential;

/** Reads a secret of a key vault: {@code ReadSecret https://myvault.vault.azure.net name}. */
public final class ReadSecret {

  private ReadSecret() {}

  public static void main(String[] arguments) {
    TokenCredential credential = BrokerCredential.create(); // was: DefaultAzureCredentialBuilder
    String secret =
        new SecretClientBuilder()
            .vaultUrl(arguments[0])
            .credential(credential)
            .buildClient()
            .getSecret(arguments[1])
            .getValue();
    System.out.println("The secret has " + secret.length() + " characters");
  }
}
