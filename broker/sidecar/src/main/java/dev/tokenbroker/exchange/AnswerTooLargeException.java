package dev.tokenbroker.exchange;

import java.io.IOException;

/** The answer goes beyond what the transport takes; no token is nearly as long. */
final class AnswerTooLargeException extends IOException {

  AnswerTooLargeException() {
    super("The answer is larger than 1 MiB");
  }
}
