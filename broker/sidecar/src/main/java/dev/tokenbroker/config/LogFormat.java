package dev.tokenbroker.config;

/** The format of log lines. */
public enum LogFormat {
  TEXT,
  JSON
}
