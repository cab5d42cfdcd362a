package dev.tokenbroker.exchange;

import java.util.Optional;
import java.util.function.Supplier;

/** Makes the transport at its first use: loading TLS and the roots costs start-up time. */
final class LazyTransport implements AutoCloseable {

  private final Supplier<EntraTransport> maker;
  private Optional<EntraTransport> made = Optional.empty();

  LazyTransport(Supplier<EntraTransport> maker) {
    this.maker = maker;
  }

  synchronized EntraTransport get() {
    EntraTransport transport = made.orElseGet(maker);
    made = Optional.of(transport);
    return transport;
  }

  @Override
  public synchronized void close() {
    made.ifPresent(EntraTransport::close);
  }
}
