package dev.tokenbroker;

/** Turns the command line into a subcommand. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(2);
  }
}
