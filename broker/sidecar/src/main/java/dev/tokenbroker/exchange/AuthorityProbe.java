package dev.tokenbroker.exchange;

import dev.tokenbroker.config.EntraConfig;
import dev.tokenbroker.config.Limits;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Checks that exchanges reach the authority, or its proxy: DNS, proxy, connection and TLS. */
public final class AuthorityProbe {

  private AuthorityProbe() {}

  /**
   * Asks for a public document; it blocks.
   *
   * @param entra the authority, and the way to it
   * @return why no answer came; empty if one came, whatever it says
   */
  public static Optional<ConnectionProblem> ask(
      Vertx vertx, Context context, EntraConfig entra, Limits limits) {
    URI authority = entra.authority();
    try (EntraTransport transport = new EntraTransport(vertx, context, entra, limits)) {
      URL url = authority.resolve("/common/v2.0/.well-known/openid-configuration").toURL();
      transport
          .send(HttpMethod.GET, url, Map.of(), "")
          .toCompletionStage()
          .toCompletableFuture()
          .join();
      return Optional.empty();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return Optional.of(ConnectionProblem.of(cause, authority.toString(), entra.route()));
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
