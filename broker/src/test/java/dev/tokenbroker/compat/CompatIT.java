package dev.tokenbroker.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tokenbroker.BrokerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Every client, by every way it finds the broker, for every identity it can name. */
class CompatIT {

  private static final String RESOURCE = "https://vault.azure.net";
  private static final Path CLIENTS = Path.of(System.getProperty("compat.clients"));
  private static final Path SOURCES = Path.of("src/test/compat").toAbsolutePath();
  private static final int REDIRECTED_PORT = 16925;

  private static final Report REPORT = new Report();
  private static Rig direct;
  private static Optional<Namespace> namespace = Optional.empty();
  private static Optional<Rig> redirected = Optional.empty();
  private static String whyNotRedirected = "";

  @BeforeAll
  static void start() throws Exception {
    direct = new Rig(List.of(), 0);
    try {
      namespace = Optional.of(Namespace.redirecting(REDIRECTED_PORT));
      redirected = Optional.of(new Rig(namespace.get().prefix(), REDIRECTED_PORT));
    } catch (IllegalStateException e) {
      whyNotRedirected = e.getMessage();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    REPORT.write(Path.of(System.getProperty("compat.report")));
    direct.close();
    if (redirected.isPresent()) {
      redirected.get().close();
    }
    namespace.ifPresent(Namespace::close);
  }

  @TestFactory
  Stream<DynamicNode> everyClientGetsTheTokenItAsksFor() {
    return CompatClient.ALL.stream().map(client -> dynamicContainer(client.name(), cases(client)));
  }

  private static Stream<DynamicNode> cases(CompatClient client) {
    return Stream.of(Reach.values())
        .filter(client.reaches()::contains)
        .flatMap(
            reach ->
                Stream.of(Selection.values())
                    .filter(client.selections()::contains)
                    .map(
                        selection ->
                            dynamicTest(
                                reach + ", " + selection, () -> run(client, reach, selection))));
  }

  private static void run(CompatClient client, Reach reach, Selection selection) throws Exception {
    Path failed = CLIENTS.resolve(client.installed() + ".failed");
    if (!client.installed().isEmpty() && Files.exists(failed)) {
      REPORT.notInstalled(client, Files.readString(failed).strip());
      assumeTrue(false, client.name() + " is not installed: " + Files.readString(failed));
    }
    if (reach == Reach.REDIRECT) {
      assumeTrue(redirected.isPresent(), "no network namespace: " + whyNotRedirected);
    }
    boolean passed = false;
    try {
      ask(client, reach, selection);
      passed = true;
    } finally {
      REPORT.record(client, reach, passed);
    }
  }

  private static void ask(CompatClient client, Reach reach, Selection selection) throws Exception {
    Rig rig = reach == Reach.REDIRECT ? redirected.orElseThrow() : direct;
    List<String> command = new ArrayList<>(client.command().stream().map(CompatIT::place).toList());
    command.add(RESOURCE);
    command.addAll(selection.arguments());
    Map<String, String> variables = new HashMap<>(reach.variables(rig.url(), Rig.SECRET));
    variables.put("AZ", CLIENTS.resolve("az/bin/az").toString());

    Rig.Ended ended = rig.run(command, variables);

    assertThat(ended.exitCode()).as(ended.err() + ended.out()).isZero();
    String token = ended.out().lines().reduce((first, last) -> last).orElse("");
    JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
    assertThat(claims.getAudience()).containsExactly(RESOURCE);
    assertThat(claims.getClaim("appid")).isEqualTo(selection.expected.clientId());
    assertThat(claims.getClaim("oid")).isEqualTo(selection.expected.objectId());
  }

  private static String place(String word) {
    return word.replace("{clients}", CLIENTS.toString())
        .replace("{src}", SOURCES.toString())
        .replace("{java}", BrokerProcess.thisJava().toString())
        .replace("{classpath}", System.getProperty("java.class.path"));
  }
}
