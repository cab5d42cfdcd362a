package dev.tokenbroker.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.emulator.RecordedExchange;
import dev.tokenbroker.testing.BrokerProcess;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The broker as it is shipped, in a pod of its own beside an emulated Entra. */
public final class PackagedBroker implements AutoCloseable {

  private static final String SECRET = "a-secret-of-this-pod";

  private final EmulatedPod pod = new EmulatedPod();
  private final int port;
  private BrokerProcess process;

  private PackagedBroker(int port) {
    this.port = port;
  }

  /** One that serves. */
  public static PackagedBroker started() {
    PackagedBroker broker = new PackagedBroker(0);
    broker.start();
    return broker;
  }

  /** One that is still to be started; where it will listen is known. */
  static PackagedBroker absent() {
    return new PackagedBroker(StubBroker.freePort());
  }

  void start() {
    Map<String, String> settings = new HashMap<>(pod.environment());
    settings.put("BROKER_LISTEN", "127.0.0.1:" + port);
    settings.put("BROKER_IDENTITY_HEADER", SECRET);
    process = BrokerProcess.serve(BrokerProcess.thisJava(), settings);
  }

  void stop() {
    assertThat(process.terminate()).isZero();
  }

  EmulatedPod pod() {
    return pod;
  }

  /** What injection puts into the app's container. */
  public Map<String, String> appVariables() {
    int listening = port == 0 ? process.listenPort() : port;
    return Map.of(
        "IDENTITY_ENDPOINT",
        "http://127.0.0.1:" + listening + "/msi/token",
        "IDENTITY_HEADER",
        SECRET);
  }

  /** What Entra was asked for. */
  public List<String> scopesExchanged() {
    return pod.entra().exchanges().stream().map(RecordedExchange::scope).toList();
  }

  /** A client that finds the broker by these variables. */
  public TokenClient client() {
    return builder().build();
  }

  TokenClientBuilder builder() {
    return TokenClient.builder().environment(appVariables());
  }

  /** Fails unless this is a token for the resource, of the pod's own identity. */
  public static void assertIsFor(String resource, String token) {
    try {
      var claims = SignedJWT.parse(token).getJWTClaimsSet();
      assertThat(claims.getAudience()).containsExactly(resource);
      assertThat(claims.getClaim("appid")).isEqualTo(EmulatedPod.APP.clientId());
    } catch (ParseException e) {
      throw new AssertionError("no token at all", e);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
    pod.close();
  }
}
