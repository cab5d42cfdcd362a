package dev.tokenbroker.compat;

import java.util.Map;

/** How a client finds the broker. */
enum Reach {
  IDENTITY_ENDPOINT("`IDENTITY_ENDPOINT`, `IDENTITY_HEADER`"),
  MSI_ENDPOINT("`MSI_ENDPOINT`, `MSI_SECRET`"),
  POD_IDENTITY_HOST("`AZURE_POD_IDENTITY_AUTHORITY_HOST`"),
  REDIRECT("169.254.169.254 redirected, no variable");

  final String title;

  Reach(String title) {
    this.title = title;
  }

  /** What the client is told; the broker is at {@code url}, and {@code secret} is its header. */
  Map<String, String> variables(String url, String secret) {
    return switch (this) {
      case IDENTITY_ENDPOINT ->
          Map.of("IDENTITY_ENDPOINT", url + "/msi/token", "IDENTITY_HEADER", secret);
      case MSI_ENDPOINT -> Map.of("MSI_ENDPOINT", url + "/msi/token", "MSI_SECRET", secret);
      case POD_IDENTITY_HOST -> Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", url);
      case REDIRECT -> Map.of();
    };
  }
}
