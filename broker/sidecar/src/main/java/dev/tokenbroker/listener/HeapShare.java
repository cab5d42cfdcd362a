package dev.tokenbroker.listener;

/**
 * Which part of the heap the connections of a listener may take, with all that has arrived on them
 * and is not answered yet. Of the image's 24 MB the three of the broker get 7 together. What is
 * there in any case (classes, meters, the cache full of tokens) has the rest.
 */
public enum HeapShare {
  /** The default 1,024 connections at rest need 4.5 of its 5 MB. */
  TOKEN(10),
  /** Some thirty connections with TLS. */
  AUTHORITY(3),
  ADMIN(1),
  /** Alone in its process; the largest review, and its parsed form beside it. */
  WEBHOOK(14);

  private static final int PARTS = 48;

  private final int parts;

  HeapShare(int parts) {
    this.parts = parts;
  }

  /**
   * The share in bytes.
   *
   * @param heap the heap's limit in bytes, such as {@link Runtime#maxMemory()}
   */
  public long of(long heap) {
    return heap / PARTS * parts;
  }

  long ofThisHeap() {
    return of(Runtime.getRuntime().maxMemory());
  }
}
