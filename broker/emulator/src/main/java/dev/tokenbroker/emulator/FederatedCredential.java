package dev.tokenbroker.emulator;

/** Whose tokens an identity trusts; Entra compares all three exactly. */
public record FederatedCredential(String issuer, String subject, String audience) {

  /** The audience of the public cloud. */
  public static final String AUDIENCE = "api://AzureADTokenExchange";
}
