package dev.tokenbroker.endpoint;

/** What the parameters of a request come to: a question that can be answered, or a refusal. */
sealed interface Asked permits Question, Grant, Refusal {}
