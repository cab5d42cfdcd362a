package dev.tokenbroker.faults;

import java.util.function.Consumer;

/**
 * Something that keeps the broker from renewing its token.
 *
 * @param name for the report
 * @param status what an app gets once no valid token is held
 * @param says a part of what it is told then
 * @param reachesEntra whether Entra hears of the exchanges that fail
 * @param begin starts it
 * @param end ends it
 */
record Outage(
    String name,
    int status,
    String says,
    boolean reachesEntra,
    Consumer<Stage> begin,
    Consumer<Stage> end) {

  @Override
  public String toString() {
    return name;
  }
}
