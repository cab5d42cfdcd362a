package dev.tokenbroker.doctor;

import dev.tokenbroker.doctor.Finding.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** Prints the findings, as text for people and as JSON for programs. */
public final class DiagnosisReport {

  private DiagnosisReport() {}

  /** Tells whether nothing failed. */
  public static boolean isHealthy(List<Finding> findings) {
    return findings.stream().noneMatch(finding -> finding.status() == Status.FAILED);
  }

  /** A table: status, id, what was found; under it cause and fix. */
  public static String text(List<Finding> findings) {
    int width = findings.stream().mapToInt(finding -> finding.id().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    String below = " ".repeat(10 + width);
    for (Finding finding : findings) {
      text.append(padded(finding.status().name(), 8))
          .append(padded(finding.id(), width + 2))
          .append(line(finding.found()))
          .append('\n');
      if (!finding.cause().isEmpty()) {
        text.append(below).append("cause: ").append(line(finding.cause())).append('\n');
      }
      if (!finding.fix().isEmpty()) {
        text.append(below).append("fix:   ").append(line(finding.fix())).append('\n');
      }
    }
    return text.append(summary(findings)).append('\n').toString();
  }

  /** One line: {@code healthy} and the findings. */
  public static String json(List<Finding> findings) {
    JsonArray all = new JsonArray();
    for (Finding finding : findings) {
      all.add(
          new JsonObject()
              .put("id", finding.id())
              .put("status", finding.status().name().toLowerCase(Locale.ROOT))
              .put("found", finding.found())
              .put("cause", finding.cause())
              .put("fix", finding.fix()));
    }
    return new JsonObject().put("healthy", isHealthy(findings)).put("findings", all).encode()
        + "\n";
  }

  private static String summary(List<Finding> findings) {
    long failed = findings.stream().filter(each -> each.status() == Status.FAILED).count();
    return failed == 0 ? "Nothing is wrong." : failed + " of " + findings.size() + " failed.";
  }

  /** A line end in what Entra said must not look like a row. */
  private static String line(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n");
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }
}
