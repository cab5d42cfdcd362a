package dev.tokenbroker.endpoint;

/**
 * App Service 2017-09-01, by {@code MSI_ENDPOINT} and {@code MSI_SECRET}: MSAL in the Azure ML
 * style and go-autorest (adal, {@code token.go}).
 */
final class MsiSecretDialect extends SecretDialect {

  static final String HEADER = "secret";

  MsiSecretDialect(IdentitySecret secret) {
    super(HEADER, secret);
  }

  @Override
  public String name() {
    return "msi_secret";
  }
}
