package dev.tokenbroker.endpoint;

import dev.tokenbroker.identity.Selector;

/**
 * What every dialect asks in the end.
 *
 * @param resource the resource, byte for byte as the caller sent it: printable ASCII, bounded
 * @param selector the identity it means
 */
record Question(String resource, Selector selector) implements Asked {}
