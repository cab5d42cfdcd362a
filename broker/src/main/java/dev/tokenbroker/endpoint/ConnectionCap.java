package dev.tokenbroker.endpoint;

import io.vertx.core.http.HttpConnection;

/** Closes a connection at once if enough are open: descriptors and memory are shared by the pod. */
final class ConnectionCap {

  private final int max;
  private int open;

  ConnectionCap(int max) {
    this.max = max;
  }

  void accept(HttpConnection connection) {
    if (open >= max) {
      connection.close();
      return;
    }
    open++;
    connection.closeHandler(closed -> open--);
  }
}
