package dev.tokenbroker;

import dev.tokenbroker.cli.Cli;
import java.util.List;

/** The program of the sidecar. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    Cli.main(args, context -> List.of());
  }
}
