package dev.tokenbroker.config;

import static dev.tokenbroker.config.TestEnvironment.loaded;
import static dev.tokenbroker.config.TestEnvironment.problems;
import static dev.tokenbroker.config.TestEnvironment.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The settings of the authority on loopback. */
class AuthorityConfigTest {

  private static final String LISTEN = "BROKER_AUTHORITY_LISTEN";
  private static final String CA = "BROKER_AUTHORITY_CA_FILE";
  private static final String STATE = "BROKER_AUTHORITY_STATE_FILE";
  private static final String CERT = "BROKER_AUTHORITY_CERT_FILE";
  private static final String KEY = "BROKER_AUTHORITY_KEY_FILE";

  @Test
  void itIsOffUnlessItIsAskedFor() {
    assertThat(loaded(webhook()).authority()).isEmpty();
  }

  @Test
  void theBrokerMakesItsCertificate() {
    AuthorityConfig authority =
        loaded(webhook(LISTEN, "127.0.0.1:16927", CA, "/run/ca/ca.pem", STATE, "/run/own/key.pem"))
            .authority()
            .orElseThrow();

    assertThat(authority.listen()).isEqualTo(new HostPort("127.0.0.1", 16927));
    assertThat(authority.certificate())
        .isEqualTo(
            new AuthorityConfig.Made(Path.of("/run/ca/ca.pem"), Path.of("/run/own/key.pem")));
  }

  @Test
  void orTheOperatorGivesIt() {
    assertThat(
            loaded(webhook(LISTEN, "[::1]:16927", CERT, "/tls/tls.crt", KEY, "/tls/tls.key"))
                .authority()
                .orElseThrow()
                .certificate())
        .isEqualTo(new AuthorityConfig.Files(Path.of("/tls/tls.crt"), Path.of("/tls/tls.key")));
  }

  @Test
  void itIsOnLoopbackOnly() {
    assertThat(problems(webhook(LISTEN, "0.0.0.0:16927", CERT, "/c", KEY, "/k")))
        .singleElement()
        .asString()
        .contains(LISTEN, "0.0.0.0:16927", "loopback");
  }

  @Test
  void allThatIsMissingIsNamedAtOnce() {
    List<String> problems = problems(webhook(LISTEN, "127.0.0.1:16927"));

    assertThat(problems).hasSize(2);
    assertThat(problems.get(0)).contains(CA);
    assertThat(problems.get(1)).contains(STATE);
  }

  @Test
  void filesWithoutAListenerAreAMistake() {
    assertThat(problems(webhook(CA, "/run/ca/ca.pem")))
        .singleElement()
        .asString()
        .contains(CA, LISTEN);
  }

  @Test
  void aCertificateComesFromOneOfTheTwo() {
    assertThat(
            problems(webhook(LISTEN, "127.0.0.1:16927", CA, "/a/c", CERT, "/tls/c", KEY, "/tls/k")))
        .singleElement()
        .asString()
        .contains("either a certificate of your own");
  }

  @Test
  void theKeyIsNotPutWhereTheAppsCanReadIt() {
    assertThat(problems(webhook(LISTEN, "127.0.0.1:16927", CA, "/run/x/ca.pem", STATE, "/run/x/k")))
        .singleElement()
        .asString()
        .contains(STATE, "another folder");
  }

  @Test
  void noPortIsTakenTwice() {
    assertThat(problems(webhook(LISTEN, "127.0.0.1:16925", CERT, "/c", KEY, "/k")))
        .singleElement()
        .asString()
        .contains(LISTEN, "BROKER_LISTEN");
  }

  @Test
  void itIsNoWayAroundASecretThatIsRequired() {
    assertThat(
            problems(
                webhook(
                    LISTEN,
                    "127.0.0.1:16927",
                    CERT,
                    "/c",
                    KEY,
                    "/k",
                    "BROKER_IDENTITY_HEADER",
                    "a-secret",
                    "BROKER_REQUIRE_SECRET",
                    "true")))
        .singleElement()
        .asString()
        .contains("BROKER_REQUIRE_SECRET", LISTEN);
  }

  @Test
  void theBrokerIsNotToldToAskItself() {
    assertThat(
            problems(
                webhook(
                    LISTEN,
                    "127.0.0.1:16927",
                    CERT,
                    "/c",
                    KEY,
                    "/k",
                    "AZURE_AUTHORITY_HOST",
                    "https://localhost:16927/")))
        .singleElement()
        .asString()
        .contains("AZURE_AUTHORITY_HOST", "own authority");
  }
}
