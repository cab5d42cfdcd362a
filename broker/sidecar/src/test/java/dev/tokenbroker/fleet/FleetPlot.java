package dev.tokenbroker.fleet;

import dev.tokenbroker.fleet.FleetSimulation.Outcome;
import java.util.List;
import java.util.Locale;

/** Draws calls a second over time; readable on a light and on a dark page. */
final class FleetPlot {

  private static final int WIDTH = 860;
  private static final int HEIGHT = 420;
  private static final int LEFT = 60;
  private static final int RIGHT = 20;
  private static final int TOP = 70;
  private static final int BOTTOM = 45;
  private static final int DECADES = 5;
  private static final int SECONDS_A_LINE = 60;

  private static final String STYLE =
      """
      <style>
        text { font: 13px sans-serif; fill: #333 }
        .grid { stroke: #8885; stroke-width: 1 }
        path { fill: none; stroke-width: 1.6; stroke-linejoin: round }
        .s0 { stroke: #888 } .s1 { stroke: #d9730d } .s2 { stroke: #2f6fde } .s3 { stroke: #1a9c5b }
        @media (prefers-color-scheme: dark) { text { fill: #ccc } }
      </style>
      """;

  private FleetPlot() {}

  static String svg(List<Outcome> outcomes) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n",
            WIDTH, HEIGHT));
    svg.append(
        "<title>Calls to Entra a second, logarithmic, by minutes after the restart</title>\n");
    svg.append(STYLE);
    int seconds = outcomes.get(0).calls().length;
    grid(svg, seconds);
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i);
      int x = LEFT + (i % 2) * 380;
      int y = 22 + (i / 2) * 22;
      svg.append(format("<path class=\"s%d\" d=\"M%d %dh24\"/>", i, x, y - 4));
      text(svg, x + 30, y, "start", outcome.behaviour().title());
      svg.append(format("<path class=\"s%d\" d=\"%s\"/>\n", i, line(outcome.calls())));
    }
    return svg.append("</svg>\n").toString();
  }

  private static void grid(StringBuilder svg, int seconds) {
    for (int decade = 0; decade <= DECADES - 1; decade++) {
      double y = y(Math.pow(10, decade));
      svg.append(format("<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, y, WIDTH - RIGHT));
      text(svg, LEFT - 8, (int) y + 4, "end", format("%,d", (int) Math.pow(10, decade)));
    }
    for (int second = 0; second <= seconds; second += SECONDS_A_LINE) {
      double x = x(second, seconds);
      svg.append(format("<path class=\"grid\" d=\"M%.1f %dV%d\"/>", x, TOP, HEIGHT - BOTTOM));
      text(svg, (int) x, HEIGHT - BOTTOM + 18, "middle", second / 60 + " min");
    }
    text(
        svg,
        LEFT,
        HEIGHT - 8,
        "start",
        "calls to Entra in each second; where a line is missing there was none");
  }

  /** A second without a call has no place on a logarithmic axis: the line is interrupted. */
  private static String line(int[] calls) {
    StringBuilder path = new StringBuilder();
    boolean down = false;
    for (int second = 0; second < calls.length; second++) {
      if (calls[second] > 0) {
        path.append(down ? 'L' : 'M');
        path.append(format("%.1f %.1f", x(second, calls.length), y(calls[second])));
        path.append(down ? "" : "h.1");
      }
      down = calls[second] > 0;
    }
    return path.toString();
  }

  private static double x(int second, int seconds) {
    return LEFT + (double) second / seconds * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double calls) {
    return HEIGHT - BOTTOM - Math.log10(calls) / DECADES * (HEIGHT - TOP - BOTTOM);
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }

  private static void text(StringBuilder svg, int x, int y, String anchor, String text) {
    svg.append(
        format("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, text));
  }
}
