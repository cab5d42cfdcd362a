package dev.tokenbroker.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/**
 * Where the broker listens and how it wants to be asked there.
 *
 * @param endpoint the whole URL but for the query
 * @param apiVersion of the dialect that is spoken there
 * @param header the name of the header that no forged request can carry
 * @param proof the header's value; may be a secret, so {@link #toString()} masks it
 */
record BrokerEndpoint(URI endpoint, String apiVersion, String header, String proof) {

  private static final String DEFAULT_BASE = "http://127.0.0.1:16925";
  private static final String IMDS_PATH = "/metadata/identity/oauth2/token";

  /** The JDK would refuse such a header too, but with the secret in its words. */
  BrokerEndpoint {
    if (!proof.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalStateException(
          "IDENTITY_HEADER must be printable ASCII without a space or a line end");
    }
  }

  /** The way the SDKs look for it: App Service, then IMDS elsewhere, then the usual place. */
  static BrokerEndpoint find(Map<String, String> environment) {
    Optional<String> endpoint = setting(environment, "IDENTITY_ENDPOINT");
    Optional<String> secret = setting(environment, "IDENTITY_HEADER");
    if (endpoint.isPresent()) {
      if (secret.isEmpty()) {
        throw new IllegalStateException(
            "IDENTITY_ENDPOINT is set but IDENTITY_HEADER is not: set both or neither");
      }
      return appService(url("IDENTITY_ENDPOINT", endpoint.get()), secret.get());
    }
    String base = "AZURE_POD_IDENTITY_AUTHORITY_HOST";
    return imds(url(base, setting(environment, base).orElse(DEFAULT_BASE)));
  }

  static BrokerEndpoint appService(URI endpoint, String secret) {
    return new BrokerEndpoint(endpoint, "2019-08-01", "X-IDENTITY-HEADER", secret);
  }

  static BrokerEndpoint imds(URI base) {
    String text = checked("The broker's address", base).toString().replaceAll("/+$", "");
    return new BrokerEndpoint(URI.create(text + IMDS_PATH), "2018-02-01", "Metadata", "true");
  }

  @Override
  public String toString() {
    return endpoint.toString();
  }

  private static Optional<String> setting(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static URI url(String name, String value) {
    try {
      return checked(name, new URI(value.strip()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(name + " is not a URL: " + value, e);
    }
  }

  private static URI checked(String name, URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    boolean bare =
        url.getRawQuery() == null && url.getRawFragment() == null && url.getRawUserInfo() == null;
    if (!http || url.getHost() == null || !bare) {
      throw new IllegalStateException(
          name + " must be an http URL with a host and without user, query and fragment");
    }
    return url;
  }
}
