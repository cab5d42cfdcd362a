package dev.tokenbroker.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Every client, by every way it finds the broker, for every identity it can name. */
@Execution(ExecutionMode.CONCURRENT)
class CompatIT {

  private static final int BROKER_PORT = 16925;
  private static final int STRANGER_PORT = 16926;

  private static final RequestCounts NOTHING = new RequestCounts(Map.of());
  private static final CompatReport REPORT = CompatReport.SHARED;
  private static final Map<Integer, Namespace> NAMESPACES = new HashMap<>();
  private static CompatRig direct;
  private static Optional<CompatRig> redirected = Optional.empty();
  private static String whyNoNamespace = "";

  @BeforeAll
  static void start() throws Exception {
    try {
      redirected = Optional.of(CompatRig.withBrokerAt(redirecting(BROKER_PORT), BROKER_PORT));
      direct = CompatRig.withStrangerAt(redirecting(STRANGER_PORT), STRANGER_PORT);
    } catch (IllegalStateException e) {
      whyNoNamespace = e.getMessage();
      direct = CompatRig.withBrokerAt(List.of(), 0);
    }
  }

  private static List<String> redirecting(int port) {
    Namespace namespace = Namespace.redirecting(port);
    NAMESPACES.put(port, namespace);
    return namespace.prefix();
  }

  @AfterAll
  static void stop() throws Exception {
    REPORT.write();
    direct.close();
    if (redirected.isPresent()) {
      redirected.get().close();
    }
    NAMESPACES.values().forEach(Namespace::close);
  }

  /** One after the other: what the broker was asked must be this client's doing. */
  @TestFactory
  @Execution(ExecutionMode.SAME_THREAD)
  Stream<DynamicNode> everyClientGetsTheTokenItAsksFor() {
    return Clients.ALL.stream().map(client -> dynamicContainer(client.name(), cases(client)));
  }

  private static Stream<DynamicNode> cases(CompatClient client) {
    return Stream.of(Reach.values())
        .flatMap(
            reach ->
                client.cases(reach).stream()
                    .map(
                        selection ->
                            dynamicTest(
                                reach + ", " + selection, () -> run(client, reach, selection))));
  }

  private static void run(CompatClient client, Reach reach, Selection selection) throws Exception {
    Optional<String> missing = Installed.whyNot(client.installed());
    missing.ifPresent(why -> REPORT.notInstalled(client, why));
    assumeTrue(missing.isEmpty(), () -> client.name() + " is not installed: " + missing.get());
    if (reach == Reach.REDIRECT || client.ignored().contains(reach)) {
      assumeTrue(redirected.isPresent(), () -> "no network namespace: " + whyNoNamespace);
    }
    CompatRig rig = reach == Reach.REDIRECT ? redirected.orElseThrow() : direct;
    RequestCounts before = rig.requests();
    ClientProcess.Ended ended =
        rig.run(
            Installed.command(client, selection),
            reach.variables(rig.printed(reach.family(client))));
    RequestCounts requests = rig.requests().since(before);

    Case tried = new Case(client, reach, selection);
    if (client.ignored().contains(reach)) {
      assertThat(ended.exitCode()).as(ended.out()).isNotZero();
      assertThat(requests).as("it asks the broker after all: " + ended.err()).isEqualTo(NOTHING);
      REPORT.ignored(tried, ended, requests);
    } else if (client.limit(reach, selection).isPresent()) {
      assertThat(ended.exitCode()).as(ended.out()).isNotZero();
      assertThat(ended.err() + ended.out())
          .contains(client.limit(reach, selection).get().evidence());
      REPORT.limited(tried, ended, requests);
    } else {
      REPORT.failed(tried, ended, requests);
      checkToken(ended, client.resource(), selection);
      REPORT.passed(tried, ended, requests);
    }
  }

  private static void checkToken(ClientProcess.Ended ended, String resource, Selection selection)
      throws Exception {
    assertThat(ended.exitCode()).as(ended.err() + ended.out()).isZero();
    JWTClaimsSet claims = SignedJWT.parse(ended.lastLine()).getJWTClaimsSet();
    assertThat(claims.getAudience()).containsExactly(resource);
    assertThat(claims.getClaim("appid")).isEqualTo(selection.expected.clientId());
    assertThat(claims.getClaim("oid")).isEqualTo(selection.expected.objectId());
  }
}
