import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Asks an admission webhook the same question again and again over kept TLS connections, and prints
 * how long the answers took. As many questions again come first and do not count: they warm up the
 * asker, too.
 *
 * <pre>java Load.java URL CERTIFICATE REVIEW.json COUNT CONNECTIONS</pre>
 */
public final class Load {

  private final byte[] request;
  private final URI url;
  private final SSLContext trust;

  private Load(URI url, Path certificate, Path review) throws Exception {
    byte[] body = Files.readAllBytes(review);
    String head =
        "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(url.getPath(), url.getAuthority(), body.length);
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    this.url = url;
    this.request = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, request, start.length, body.length);
    this.trust = trusting(certificate);
  }

  public static void main(String[] arguments) throws Exception {
    Load load = new Load(URI.create(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
    int count = Integer.parseInt(arguments[3]);
    int connections = Integer.parseInt(arguments[4]);
    List<Callable<long[]>> callers = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      callers.add(() -> load.ask(count / connections));
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(connections)) {
      LongStream all = LongStream.empty();
      for (Future<long[]> answers : executor.invokeAll(callers)) {
        all = LongStream.concat(all, Arrays.stream(answers.get()));
      }
      print(all.sorted().toArray());
    }
  }

  private static void print(long[] nanos) {
    System.out.printf(
        "%d answers: p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, worst %.2f ms%n",
        nanos.length, at(nanos, 0.5), at(nanos, 0.99), at(nanos, 0.999), at(nanos, 1));
  }

  private static double at(long[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(sorted.length * share) - 1)] / 1e6;
  }

  private long[] ask(int count) throws IOException {
    long[] nanos = new long[2 * count];
    try (SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(url.getHost(), url.getPort())) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
      for (int i = 0; i < nanos.length; i++) {
        long start = System.nanoTime();
        out.write(request);
        out.flush();
        answer(in);
        nanos[i] = System.nanoTime() - start;
      }
    }
    return Arrays.copyOfRange(nanos, count, nanos.length);
  }

  @SuppressWarnings("deprecation")
  private static void answer(DataInputStream in) throws IOException {
    String status = in.readLine();
    if (status == null || !status.startsWith("HTTP/1.1 200")) {
      throw new IOException("not an answer: " + status);
    }
    int length = 0;
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      if (line.toLowerCase().startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    in.skipNBytes(length);
  }

  private static SSLContext trusting(Path certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (var in = Files.newInputStream(certificate)) {
      store.setCertificateEntry("server", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
