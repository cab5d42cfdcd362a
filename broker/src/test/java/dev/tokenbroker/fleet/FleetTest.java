package dev.tokenbroker.fleet;

import dev.tokenbroker.fleet.FleetSimulation.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetTest {
  @Test
  void show() {
    for (Manners m :
        List.of(Manners.EVERY_REQUEST_ASKS, Manners.NO_JITTER, Manners.BROKER, Manners.SPREAD)) {
      long t = System.nanoTime();
      Outcome o = FleetSimulation.run(m, 20261124L);
      System.out.printf(
          "%s: peak %d, after 5 s %d, after 60 s %d, total %d, throttled %d, refused %d, last %d, %d ms%n",
          m.title(),
          o.peak(),
          o.peakFrom(5),
          o.peakFrom(60),
          o.total(),
          o.throttled(),
          o.refused(),
          o.lastRefusal(),
          (System.nanoTime() - t) / 1000000);
      StringBuilder b = new StringBuilder();
      for (int i = 0; i < 180; i++) b.append(o.calls()[i]).append(' ');
      System.out.println(b);
    }
  }
}
