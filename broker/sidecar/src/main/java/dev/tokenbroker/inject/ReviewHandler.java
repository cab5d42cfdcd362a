package dev.tokenbroker.inject;

import dev.tokenbroker.inject.InjectMetrics.Result;
import dev.tokenbroker.util.BoundedBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.IntConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Answers the API server's requests to admit pods. */
final class ReviewHandler {

  /** The API server's own limit for an object. */
  static final int MAX_BODY = 3 * 1024 * 1024;

  private static final Logger LOG = Logger.getLogger(ReviewHandler.class.getName());

  private final Injector injector;
  private final InjectMetrics metrics;

  ReviewHandler(Injector injector, InjectMetrics metrics) {
    this.injector = injector;
    this.metrics = metrics;
  }

  /**
   * Answers one request.
   *
   * @param held hears how many bytes more of the body are kept until it is answered
   */
  void handle(HttpServerRequest request, IntConsumer held) {
    BoundedBody.read(request, MAX_BODY, bytes -> held.accept(2 * bytes))
        .onSuccess(
            body -> {
              if (!request.response().ended()) {
                body.ifPresentOrElse(read -> review(request, read), () -> refuse(request));
              }
            });
  }

  private void refuse(HttpServerRequest request) {
    metrics.count(Result.MALFORMED, 0);
    WebhookResponses.text(request, 413, "the body is larger than " + MAX_BODY + " bytes");
  }

  private void review(HttpServerRequest request, Buffer body) {
    long start = System.nanoTime();
    Result result;
    try {
      AdmissionReview review = AdmissionReview.parse(body);
      AdmissionDecision decision =
          review.create() ? injector.decide(review.pod()) : new AdmissionDecision.Unchanged();
      WebhookResponses.json(request, review.response(decision));
      result = result(decision);
      if (decision instanceof AdmissionDecision.Denied denied) {
        LOG.info(() -> "refused " + review.where() + ": " + denied.reason());
      } else {
        LOG.fine(() -> decision.getClass().getSimpleName() + " " + review.where());
      }
    } catch (AdmissionReview.MalformedException e) {
      WebhookResponses.text(request, 400, String.valueOf(e.getMessage()));
      result = Result.MALFORMED;
    } catch (RuntimeException e) {
      // A pod of a shape that nobody thought of: the API server shows the caller a failed webhook.
      LOG.log(Level.WARNING, "could not look at a pod", e);
      WebhookResponses.text(request, 500, "the pod could not be looked at; see the injector's log");
      result = Result.FAILED;
    }
    metrics.count(result, System.nanoTime() - start);
  }

  private static Result result(AdmissionDecision decision) {
    if (decision instanceof AdmissionDecision.Patched) {
      return Result.PATCHED;
    }
    return decision instanceof AdmissionDecision.Denied ? Result.REFUSED : Result.UNTOUCHED;
  }
}
