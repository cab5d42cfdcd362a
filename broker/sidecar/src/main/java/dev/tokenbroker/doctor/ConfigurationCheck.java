package dev.tokenbroker.doctor;

import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.ConfigResult;
import dev.tokenbroker.config.Problem;
import dev.tokenbroker.config.Settings;
import java.util.List;

/** Checks that the broker would start with these settings. */
final class ConfigurationCheck {

  private ConfigurationCheck() {}

  static List<Finding> of(ConfigResult result) {
    if (result instanceof ConfigResult.Invalid invalid) {
      return invalid.problems().stream().map(ConfigurationCheck::finding).toList();
    }
    BrokerConfig config = ((ConfigResult.Loaded) result).config();
    return List.of(
        Finding.ok(
            "configuration",
            "Identities "
                + config.identities().known().size()
                + ", authority "
                + config.entra().authority()
                + config.entra().tokenProxy().map(p -> " by token proxy " + p.url()).orElse("")
                + config.entra().proxy().map(p -> " by proxy " + p.address()).orElse("")));
  }

  private static Finding finding(Problem problem) {
    String found = problem.key() + ": found " + problem.found();
    if (problem.key().equals(Settings.FEDERATED_TOKEN_FILE.label())
        && problem.found().equals("nothing")) {
      return Finding.failed(
          "webhook-not-injected",
          found,
          "The azwi webhook did not see this pod: the label is missing, or stands on the Deployment"
              + " and not on its pod template, or the pod is older than the webhook",
          "Put azure.workload.identity/use: \"true\" under spec.template.metadata.labels, then"
              + " kubectl rollout restart");
    }
    if (problem.key().contains("_CA_FILE") && problem.found().contains("(")) {
      return Finding.failed(
          "ca-missing",
          found,
          "The certificates to trust are not there, or are none",
          "Mount " + problem.expected() + " there, or unset " + problem.key());
    }
    if (problem.key().startsWith("AZURE_KUBERNETES_")
        && problem.expected().contains(Settings.TOKEN_PROXY.label())) {
      return Finding.failed(
          "identity-binding-mismatch",
          found,
          "Half of the variables of an AKS identity binding are set",
          "Set " + problem.expected());
    }
    return Finding.failed(
        "configuration", found, "The broker does not start with it", "Set " + problem.expected());
  }
}
