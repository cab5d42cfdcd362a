package dev.tokenbroker.endpoint;

/** A parsed request: a token request, or the error to answer with. */
public sealed interface ParsedRequest permits TokenRequest, ErrorResponse {}
