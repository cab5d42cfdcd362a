package dev.tokenbroker.client;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A broker on loopback that answers what a test tells it to; the last reply is for good. */
public final class StubBroker implements AutoCloseable {

  public record Seen(String path, Map<String, String> query, Headers headers) {}

  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Deque<Reply> replies = new ConcurrentLinkedDeque<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile CountDownLatch tail = new CountDownLatch(0);

  public StubBroker() {
    this(0);
  }

  StubBroker(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** A port where nothing listens. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public StubBroker answers(Reply... scripted) {
    replies.clear();
    replies.addAll(Arrays.asList(scripted));
    return this;
  }

  void holdAnswers() {
    gate = new CountDownLatch(1);
  }

  /** From now on the last byte of each answer never comes. */
  void stallAnswers() {
    tail = new CountDownLatch(1);
  }

  void letAnswersGo() {
    gate.countDown();
  }

  public List<Seen> seen() {
    return seen;
  }

  public Seen onlySeen() {
    if (seen.size() != 1) {
      throw new AssertionError("asked " + seen.size() + " times");
    }
    return seen.get(0);
  }

  int port() {
    return server.getAddress().getPort();
  }

  public URI base() {
    return URI.create("http://127.0.0.1:" + port());
  }

  @Override
  public void close() {
    gate.countDown();
    tail.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI target = exchange.getRequestURI();
      seen.add(new Seen(target.getPath(), query(target), exchange.getRequestHeaders()));
      gate.await();
      Reply reply = replies.size() > 1 ? replies.remove() : replies.element();
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      int allButLast = Math.max(0, body.length - 1);
      exchange.getResponseBody().write(body, 0, allButLast);
      exchange.getResponseBody().flush();
      tail.await();
      exchange.getResponseBody().write(body, allButLast, body.length - allButLast);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> query(URI target) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : target.getRawQuery().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }
}
