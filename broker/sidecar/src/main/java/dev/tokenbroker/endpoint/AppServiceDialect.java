package dev.tokenbroker.endpoint;

/**
 * App Service 2019-08-01 and 2025-03-30, by {@code IDENTITY_ENDPOINT} and {@code IDENTITY_HEADER}:
 * what today's SDKs speak, and the way in that needs no privilege. az sends {@code Metadata: true}
 * beside the secret; the secret counts.
 *
 * <p>Source: Azure App Service documentation, "REST endpoint reference" of managed identities.
 */
final class AppServiceDialect extends SecretDialect {

  static final String HEADER = "X-IDENTITY-HEADER";

  AppServiceDialect(IdentitySecret secret) {
    super(HEADER, secret);
  }

  @Override
  public String name() {
    return "app_service";
  }
}
