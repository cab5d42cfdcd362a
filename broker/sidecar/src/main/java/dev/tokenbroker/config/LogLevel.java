package dev.tokenbroker.config;

/** The least severe level that is logged; each includes those before it. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  /** Also stack traces. Secrets stay hidden at this level too. */
  DEBUG
}
