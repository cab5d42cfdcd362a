package dev.tokenbroker.config;

/** How log lines look. */
public enum LogFormat {
  TEXT,
  JSON
}
