package dev.tokenbroker.migrate;

import java.util.List;

/** The folders of the output, numbered in the order to apply. */
public final class Output {

  static final String REPORT = "report.md";
  static final String AZ_SCRIPT = "1-credentials/az.sh";
  static final String TERRAFORM = "1-credentials/main.tf";
  static final String PREPARE = "2-prepare/";
  static final String WORKLOADS = "3-workloads/";
  static final String HELD = "held/";

  /** Below a namespace: what Kubernetes cannot change in place. */
  static final String RECREATE = "recreate/";

  /** Whatever else lies in them is not of this run. */
  public static final List<String> FOLDERS =
      List.of("1-credentials", "2-prepare", "3-workloads", "held");

  private Output() {}
}
