package dev.tokenbroker.compat;

import static dev.tokenbroker.compat.Reach.CLOUD_SHELL;
import static dev.tokenbroker.compat.Reach.ENV;
import static dev.tokenbroker.compat.Reach.IDENTITY_ENDPOINT;
import static dev.tokenbroker.compat.Reach.MSI_ENDPOINT;
import static dev.tokenbroker.compat.Reach.POD_IDENTITY_HOST;
import static dev.tokenbroker.compat.Selection.OBJECT_ID;

import java.util.List;
import java.util.Set;

/** Commands. */
final class ShellClients {

  static final List<CompatClient> ALL =
      List.of(
          new CompatClient(
                  "azure-cli, az login --identity",
                  "az",
                  "az",
                  List.of("{src}/az/client", "{clients}/az"))
              .ignoring(CLOUD_SHELL)
              .remarked("Two tokens of two resources after one login."),
          new CompatClient(
                  "azure-cli before 2.73, az login --identity",
                  "az",
                  "az-old",
                  List.of("{src}/az/client", "{clients}/az-old"))
              .ignoring(IDENTITY_ENDPOINT, POD_IDENTITY_HOST)
              .limited(
                  Set.of(ENV, MSI_ENDPOINT, CLOUD_SHELL),
                  Set.of(OBJECT_ID),
                  "Failed to connect to MSI",
                  "By `MSI_ENDPOINT` it tries an id as a client id first, and stops at the refusal.")
              .remarked("Needs `token-broker env --pair msi`."),
          new CompatClient("curl", "all", "", List.of("{src}/curl/client"))
              .ignoring(ENV)
              .remarked("Without a redirect, the URL of the broker in the script does as well."));

  private ShellClients() {}
}
