package dev.tokenbroker.client;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks the broker over HTTP, once. Never through a proxy, which would carry the question out of the
 * pod, and never where a redirect points to.
 */
final class HttpBroker {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** The App Service version that knows claims challenges. */
  private static final String CLAIMS_API_VERSION = "2025-03-30";

  private final BrokerEndpoint address;
  private final Optional<Selector> identity;
  private final AnswerReader reader;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  HttpBroker(BrokerEndpoint address, Optional<Selector> identity, Time time) {
    this.address = address;
    this.identity = identity;
    this.reader = new AnswerReader(address.endpoint(), time);
  }

  /** Whatever happens on the way is an answer too; only a defect of ours fails the future. */
  CompletableFuture<Answer> ask(Ask ask, Duration patience) {
    HttpRequest request =
        HttpRequest.newBuilder(question(ask))
            .header(address.header(), address.proof())
            .timeout(patience)
            .build();
    CompletableFuture<HttpResponse<String>> exchange =
        http.sendAsync(request, head -> new BoundedBodySubscriber());
    // The request's own timeout ends with the head: a body that never ends would go on for ever.
    return exchange
        .copy()
        .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
        .handle(
            (response, failure) -> {
              exchange.cancel(true);
              return answer(ask, Optional.ofNullable(response), failure);
            });
  }

  private Answer answer(Ask ask, Optional<HttpResponse<String>> response, Throwable failure) {
    return response
        .map(came -> reader.read(ask.resource(), came))
        .orElseGet(() -> unreachable(failure));
  }

  private Answer unreachable(Throwable failure) {
    Throwable cause = Failures.cause(failure);
    String text = "The token broker does not answer at " + address.endpoint() + ": " + why(cause);
    return new Answer.Refused(new TokenException.Unavailable(text, null, cause), true);
  }

  /** The JDK's refused connection has no text of its own. */
  private static String why(Throwable cause) {
    return Optional.ofNullable(cause.getMessage())
        .filter(text -> !text.isBlank())
        .orElseGet(() -> cause.getClass().getSimpleName());
  }

  private URI question(Ask ask) {
    boolean claims = ask.slot().claimsChallenges() || ask.turnedAway().isPresent();
    boolean appService = !address.header().equals("Metadata");
    StringBuilder url = new StringBuilder(address.endpoint().toString()).append("?api-version=");
    url.append(claims && appService ? CLAIMS_API_VERSION : address.apiVersion());
    add(url, "resource", ask.resource());
    identity.ifPresent(selector -> add(url, selector.parameter(), selector.id()));
    if (ask.slot().claimsChallenges()) {
      add(url, "xms_cc", "cp1");
    }
    ask.turnedAway().ifPresent(hash -> add(url, "token_sha256_to_refresh", hash));
    return URI.create(url.toString());
  }

  private static void add(StringBuilder url, String name, String value) {
    url.append('&').append(name).append('=');
    url.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }
}
