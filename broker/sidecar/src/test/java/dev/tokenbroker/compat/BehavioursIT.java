package dev.tokenbroker.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.emulator.Fault;
import dev.tokenbroker.testing.BrokerProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real clients make of a broker that is late, and of each kind of refusal. */
@Execution(ExecutionMode.CONCURRENT)
class BehavioursIT {

  private static final String RETRIES = "tries again, gets its token";
  private static final String GIVES_UP = "fails at once, shows the cause";
  private static final int LATE_SECONDS = 3;

  private static final CompatClient MSAL_PYTHON = ScriptClients.PYTHON.get(2);
  private static final CompatClient MSAL4J = CompiledClients.JAVA.get(2);

  /** The others bridge the seconds until the broker is there. */
  private static final Set<CompatClient> NEEDS_THE_BROKER_FIRST = Set.of(MSAL_PYTHON, MSAL4J);

  private static final Set<CompatClient> TRIES_ONCE = Set.of(MSAL_PYTHON);

  private EmulatedPod pod;

  @BeforeEach
  void start() {
    pod = new EmulatedPod();
  }

  @AfterEach
  void stop() {
    pod.close();
  }

  @AfterAll
  static void write() throws IOException {
    CompatReport.SHARED.write();
  }

  static Stream<CompatClient> clients() {
    return Stream.of(
        ScriptClients.PYTHON.get(0),
        MSAL_PYTHON,
        ScriptClients.JAVASCRIPT.get(0),
        CompiledClients.GO.get(0),
        CompiledClients.JAVA.get(0),
        MSAL4J);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aBrokerThatStartsThreeSecondsLate(CompatClient client) throws Exception {
    try (BrokerProcess broker = serve();
        LateDoor door = new LateDoor(broker.listenPort())) {
      ClientProcess process = start(client, door.port(), CompatClient.VAULT);
      if (NEEDS_THE_BROKER_FIRST.contains(client)) {
        assertThat(process.await().exitCode()).isNotZero();
        note(client, "1. the broker starts 3 s late", "fails at once");
      } else {
        assertThat(process.keepsOnFor(LATE_SECONDS)).isTrue();
        door.open();
        ClientProcess.Ended ended = process.await();
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        note(client, "1. the broker starts 3 s late", RETRIES);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void anAnswer429WithRetryAfter(CompatClient client) throws Exception {
    pod.entra().faults().next(Fault.throttled(2));

    refused(client, "2. 429, `Retry-After: 2`", "throttled", "thrott");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void anAnswer503(CompatClient client) throws Exception {
    // The broker itself tries twice.
    pod.entra().faults().next(2, Fault.down());

    refused(client, "3. 503, `Retry-After: 5`", "unavailable", "AADSTS90033");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void anAnswer403EndsItAtOnceAndShowsTheCause(CompatClient client) throws Exception {
    String resource = "https://nowhere.example.org";
    pod.entra().forget(resource);
    try (BrokerProcess broker = serve()) {
      ClientProcess.Ended ended = start(client, broker.listenPort(), resource).await();

      assertThat(ended.exitCode()).isNotZero();
      assertThat(ended.err() + ended.out()).contains("AADSTS500011");
      assertThat(requests(broker).with("rejected")).isEqualTo(1);
      note(client, "4. 403", GIVES_UP);
    }
  }

  private void refused(CompatClient client, String moment, String outcome, String cause)
      throws Exception {
    try (BrokerProcess broker = serve()) {
      ClientProcess.Ended ended = start(client, broker.listenPort(), CompatClient.VAULT).await();

      RequestCounts requests = requests(broker);
      if (TRIES_ONCE.contains(client)) {
        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.err() + ended.out()).contains(cause);
        assertThat(requests.with(outcome)).isEqualTo(1);
      } else {
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(requests.with(outcome)).isPositive();
        assertThat(requests.with("served")).isEqualTo(1);
      }
      note(client, moment, TRIES_ONCE.contains(client) ? GIVES_UP : RETRIES);
    }
  }

  private static ClientProcess start(CompatClient client, int port, String resource)
      throws IOException {
    assumeTrue(Installed.whyNot(client.installed()).isEmpty());
    Map<String, String> printed = PrintedVariables.of(client.family(), port, "any-value");
    return ClientProcess.start(
        Installed.command(client.asking(resource), Selection.SYSTEM),
        Reach.IDENTITY_ENDPOINT.variables(printed));
  }

  private BrokerProcess serve() {
    return BrokerProcess.serve(BrokerProcess.thisJava(), pod.environment());
  }

  private static RequestCounts requests(BrokerProcess broker) throws Exception {
    return RequestCounts.read(List.of(), broker.adminPort());
  }

  private static void note(CompatClient client, String moment, String does) {
    CompatReport.SHARED.behaviour(client.name(), moment, does);
  }
}
