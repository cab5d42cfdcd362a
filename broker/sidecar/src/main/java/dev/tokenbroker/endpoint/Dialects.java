package dev.tokenbroker.endpoint;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/** All dialects that are served, and the paths on which clients look for them. */
final class Dialects {

  /** The path of IMDS. */
  static final String IMDS_PATH = "/metadata/identity/oauth2/token";

  /**
   * The one path behind {@code IDENTITY_ENDPOINT} and {@code MSI_ENDPOINT}. Clients that are told
   * the same variables speak different dialects, so the headers decide, never a User-Agent.
   */
  static final String MSI_PATH = "/msi/token";

  /** SDKs probe without the header and look for just this; some wait 300 ms at most. */
  static final Optional<ErrorResponse> NO_METADATA_HEADER =
      Optional.of(
          ErrorResponse.of(
              400,
              RequestOutcome.UNPROVEN,
              "invalid_request",
              "Required metadata header not specified"));

  private static final CharSequence METADATA = HttpHeaders.createOptimized("Metadata");
  private static final CharSequence IDENTITY_HEADER =
      HttpHeaders.createOptimized("X-IDENTITY-HEADER");
  private static final CharSequence SECRET = HttpHeaders.createOptimized("secret");
  private static final List<HttpMethod> GET_ONLY = List.of(HttpMethod.GET);
  private static final List<HttpMethod> GET_AND_POST = List.of(HttpMethod.GET, HttpMethod.POST);

  private Dialects() {}

  /** The dialects on {@link #IMDS_PATH}. */
  static List<Dialect> imds(IdentitySecret secret, boolean requireSecret) {
    return List.of(withSecret(new Imds(), secret, requireSecret));
  }

  /** The dialects on {@link #MSI_PATH}: a secret outranks a bare header. */
  static List<Dialect> msi(IdentitySecret secret, boolean requireSecret) {
    return List.of(
        appService(secret), msiSecret(secret), withSecret(new CloudShell(), secret, requireSecret));
  }

  static boolean hasMetadataHeader(HttpServerRequest request) {
    return "true".equalsIgnoreCase(request.headers().get(METADATA));
  }

  /**
   * The dialect of a virtual machine's instance metadata service, which NMI and the azwi proxy
   * speak too.
   *
   * <p>Source: Azure documentation, "How managed identities for Azure resources work with virtual
   * machines".
   */
  private record Imds() implements Dialect {

    @Override
    public String name() {
      return "imds";
    }

    @Override
    public List<HttpMethod> methods() {
      return GET_ONLY;
    }

    @Override
    public Optional<ErrorResponse> authenticate(HttpServerRequest request) {
      return hasMetadataHeader(request) ? Optional.empty() : NO_METADATA_HEADER;
    }
  }

  /**
   * Cloud Shell, by {@code MSI_ENDPOINT} alone: a form is posted with {@code Metadata: true} and no
   * secret. msal4j and recent terraform ask the same by GET.
   *
   * <p>Source: azure-identity, {@code CloudShellCredential}; hashicorp/go-azure-sdk, {@code
   * managed_identity_authorizer.go}.
   */
  private record CloudShell() implements Dialect {

    @Override
    public String name() {
      return "cloud_shell";
    }

    @Override
    public List<HttpMethod> methods() {
      return GET_AND_POST;
    }

    @Override
    public boolean matches(HttpServerRequest request) {
      return hasMetadataHeader(request);
    }

    @Override
    public Optional<ErrorResponse> authenticate(HttpServerRequest request) {
      return Optional.empty();
    }
  }

  /**
   * App Service 2019-08-01 and 2025-03-30, by {@code IDENTITY_ENDPOINT} and {@code
   * IDENTITY_HEADER}: what today's SDKs speak, and the way in that needs no privilege. az sends
   * {@code Metadata: true} beside the secret; the secret counts.
   *
   * <p>Source: Azure App Service documentation, "REST endpoint reference" of managed identities.
   */
  private static Dialect appService(IdentitySecret secret) {
    return new SecretHeader("app_service", IDENTITY_HEADER, secret);
  }

  /**
   * App Service 2017-09-01, by {@code MSI_ENDPOINT} and {@code MSI_SECRET}: MSAL in the Azure ML
   * style and go-autorest (adal, {@code token.go}).
   */
  private static Dialect msiSecret(IdentitySecret secret) {
    return new SecretHeader("msi_secret", SECRET, secret);
  }

  /**
   * A dialect that sends the identity secret in a header of its own. The documented sample of Azure
   * Automation posts a form.
   */
  private record SecretHeader(String name, CharSequence header, IdentitySecret secret)
      implements Dialect {

    @Override
    public List<HttpMethod> methods() {
      return GET_AND_POST;
    }

    @Override
    public boolean matches(HttpServerRequest request) {
      return request.headers().contains(header);
    }

    @Override
    public Optional<ErrorResponse> authenticate(HttpServerRequest request) {
      return secret.check(request.headers().get(header));
    }
  }

  private static Dialect withSecret(Dialect dialect, IdentitySecret secret, boolean required) {
    return required ? new RequireSecret(dialect, secret) : dialect;
  }

  /**
   * A dialect without a secret of its own, where the operator requires one all the same: in either
   * header that App Service clients know, so that a script needs one name for it only.
   */
  private record RequireSecret(Dialect dialect, IdentitySecret secret) implements Dialect {

    @Override
    public String name() {
      return dialect.name();
    }

    @Override
    public List<HttpMethod> methods() {
      return dialect.methods();
    }

    @Override
    public boolean matches(HttpServerRequest request) {
      return dialect.matches(request);
    }

    /** The dialect's own check comes first: SDK probes fail it and look for that very error. */
    @Override
    public Optional<ErrorResponse> authenticate(HttpServerRequest request) {
      Optional<ErrorResponse> error = dialect.authenticate(request);
      if (error.isPresent()) {
        return error;
      }
      String presented = request.headers().get(IDENTITY_HEADER);
      return secret.check(presented != null ? presented : request.headers().get(SECRET));
    }
  }
}
