package dev.tokenbroker.config;

/** How much is logged; each level includes those before it. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  /** Also stack traces. Secrets stay hidden at this level too. */
  DEBUG
}
