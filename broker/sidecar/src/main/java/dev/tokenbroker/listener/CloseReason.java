package dev.tokenbroker.listener;

import java.util.Locale;

/** The reasons for which a listener closes a connection that its peer would have kept. */
public enum CloseReason {
  /** It had been idle the longest, or was half-sent, when another needed its place. */
  EVICTED,
  /** It was new, and all places were taken by requests that wait for their answers. */
  FULL,
  /** Its request did not arrive in time, or none came. */
  LATE,
  /** Its request had too many header lines. */
  OVERSIZED,
  /** Its request was the largest, or the last, of too many that wait for their answers. */
  BUSY;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name as a meter's label. */
  public String label() {
    return label;
  }
}
