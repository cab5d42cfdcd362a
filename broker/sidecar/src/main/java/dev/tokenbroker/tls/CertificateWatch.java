package dev.tokenbroker.tls;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps a listener on the certificate of its source. A source that fails leaves the old certificate
 * in force.
 *
 * <p>Confined to the event loop.
 */
public final class CertificateWatch {

  private static final Logger LOG = Logger.getLogger("dev.tokenbroker.certificate");

  private final Vertx vertx;
  private final ServerCertificate.Source source;
  private final Function<ServerCertificate, Future<?>> replace;
  private ServerCertificate served;
  private long timer;
  private boolean reading;

  /**
   * @param first what the listener serves already
   * @param replace puts another one in its place, from the next connection on
   */
  public CertificateWatch(
      Vertx vertx,
      ServerCertificate.Source source,
      ServerCertificate first,
      Function<ServerCertificate, Future<?>> replace) {
    this.vertx = vertx;
    this.source = source;
    this.served = first;
    this.replace = replace;
  }

  /** Looks again and again until {@link #stop()}. */
  public void start(Duration interval) {
    timer = vertx.setPeriodic(interval.toMillis(), each -> look());
  }

  public void stop() {
    vertx.cancelTimer(timer);
  }

  /** The certificate in force. */
  public ServerCertificate served() {
    return served;
  }

  /**
   * Looks whether there is a new certificate, and puts it in force. While a read is under way (a
   * volume that hangs), another one is not started: the old certificate stays.
   *
   * @return whether there was one; never fails
   */
  public Future<Boolean> look() {
    if (reading) {
      return Future.succeededFuture(false);
    }
    reading = true;
    return vertx
        .executeBlocking(source::current)
        .onComplete(read -> reading = false)
        .compose(this::take)
        .recover(this::keep);
  }

  private Future<Boolean> take(ServerCertificate found) {
    if (found.equals(served)) {
      return Future.succeededFuture(false);
    }
    return replace
        .apply(found)
        .map(
            replaced -> {
              served = found;
              LOG.info(() -> "new " + found);
              return true;
            });
  }

  private Future<Boolean> keep(Throwable problem) {
    LOG.log(Level.WARNING, "keeping the old " + served, problem);
    return Future.succeededFuture(false);
  }
}
