package dev.tokenbroker.inject;

/** A body that is no admission review; whoever sent it is not the API server. */
final class MalformedReviewException extends RuntimeException {

  MalformedReviewException(String message) {
    super(message);
  }
}
