package dev.tokenbroker.migrate;

import dev.tokenbroker.config.Settings;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The facts that manifests do not contain.
 *
 * @param tenant of the managed identities
 * @param issuer the cluster's OIDC issuer, to the letter; asked for later if empty
 * @param audience of the federated credentials
 * @param namespace of manifests that name none
 * @param matching how pod identity ran; empty if it makes no difference, or is still to be asked
 *     for
 * @param dropBindingLabel whether {@code aadpodidbinding} goes from the workloads
 */
public record MigrationOptions(
    String tenant,
    Optional<String> issuer,
    String audience,
    String namespace,
    Optional<Matching> matching,
    boolean dropBindingLabel) {

  public static final String DEFAULT_AUDIENCE = "api://AzureADTokenExchange";
  public static final String DEFAULT_NAMESPACE = "default";

  /** Strict, because these end up in a script. */
  private static final Pattern ISSUER =
      Pattern.compile("https://[-A-Za-z0-9.]+(:[0-9]+)?(/[-A-Za-z0-9._~]*)*");

  private static final Pattern AUDIENCE = Pattern.compile("[-A-Za-z0-9._~:/]{1,600}");

  /** Refuses, naming the option, what can be none of these. */
  public MigrationOptions {
    tenant = parsed(tenant);
    issuer.ifPresent(url -> require(ISSUER, url, "--issuer must be an https URL without a query"));
    require(AUDIENCE, audience, "--audience must be like " + DEFAULT_AUDIENCE);
    if (!ManifestReader.isName(namespace)) {
      throw new IllegalArgumentException("--namespace must be the name of a namespace");
    }
  }

  MigrationOptions with(Matching choice) {
    return new MigrationOptions(
        tenant, issuer, audience, namespace, Optional.of(choice), dropBindingLabel);
  }

  private static String parsed(String tenant) {
    try {
      return Settings.TENANT_ID.parser().apply(tenant);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--tenant must be " + Settings.TENANT_ID.expected(), e);
    }
  }

  private static void require(Pattern form, String text, String complaint) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException(complaint);
    }
  }

  /** Whose identities pod identity gave to a pod; the manifests do not say how it was started. */
  public enum Matching {
    /**
     * Those of the pod's own namespace: {@code --forceNamespaced}, as AKS's add-on always runs.
     * Source: aad-pod-identity, "Configure AAD Pod Identity for namespaced mode".
     */
    NAMESPACED,
    /** Those of every namespace whose selector matches: pod identity's default. */
    CLUSTER_WIDE
  }
}
