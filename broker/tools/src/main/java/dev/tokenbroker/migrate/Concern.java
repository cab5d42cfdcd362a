package dev.tokenbroker.migrate;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which objects matter. */
final class Concern {

  static final String IDENTITY = "AzureIdentity";
  static final String BINDING = "AzureIdentityBinding";
  static final String EXCEPTION = "AzurePodIdentityException";
  static final String SECRET_PROVIDER_CLASS = "SecretProviderClass";
  static final String SERVICE_ACCOUNT = "ServiceAccount";

  private static final Set<String> KINDS =
      Set.of(IDENTITY, BINDING, EXCEPTION, SECRET_PROVIDER_CLASS, SERVICE_ACCOUNT);

  private Concern() {}

  /** Also everything that makes pods, whatever its kind: an Argo Rollout is as good as a Job. */
  static boolean of(String kind, YamlMap document) {
    return KINDS.contains(kind) || template(kind, document).isPresent();
  }

  /** The pod template: metadata and spec of the pods to be. */
  static Optional<YamlMap> template(String kind, YamlMap document) {
    Optional<YamlMap> holder =
        switch (kind) {
          case "Pod" -> Optional.of(document);
          case "CronJob" -> document.map(List.of("spec", "jobTemplate", "spec", "template"));
          default -> document.map(List.of("spec", "template"));
        };
    return holder.filter(
        template -> template.map("spec").filter(s -> s.keys().contains("containers")).isPresent());
  }
}
