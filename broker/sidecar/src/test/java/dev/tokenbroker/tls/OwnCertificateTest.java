package dev.tokenbroker.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenbroker.testing.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnCertificateTest {

  private static final X509Certificate ROOT = PrivateCa.issue(Instant.now()).ca();

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T08:00:00Z"));
  private Path state;
  private TrustFiles trust;

  @BeforeEach
  void makeFolders() throws IOException {
    state = Files.createDirectory(folder.resolve("state")).resolve("authority.pem");
    trust = new TrustFiles(Files.createDirectory(folder.resolve("ca")).resolve("ca.pem"));
  }

  @Test
  void aBrokerThatStartsAgainServesTheSameCertificate() throws IOException {
    ServerCertificate first = broker().current();
    byte[] ca = Files.readAllBytes(trust.caFile());

    assertThat(broker().current()).isEqualTo(first);
    assertThat(trust.caFile()).hasBinaryContent(ca);
  }

  @Test
  void whatClientsTrustIsThePublicRootsAndTheCa() throws Exception {
    broker().current();
    X509Certificate ca = casIn(trust.caFile()).get(0);

    assertThat(casIn(trust.bundle())).containsExactly(ROOT, ca);
    assertThat(inTrustStore()).containsExactlyInAnyOrder(ROOT, ca);
  }

  @Test
  void theKeyIsForTheBrokerAloneAndTheRestForEverybody() throws IOException {
    broker().current();

    assertThat(permissions(state)).isEqualTo("rw-------");
    for (Path file : List.of(trust.caFile(), trust.bundle(), trust.trustStore())) {
      assertThat(permissions(file)).isEqualTo("rw-r--r--");
      assertThat(Files.readString(file, ISO_8859_1)).doesNotContain("PRIVATE KEY");
    }
    assertThat(folder.resolve("ca")).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void noFileHoldsTheKeyOfTheCa() throws Exception {
    broker().current();

    byte[] content = Files.readAllBytes(state);
    assertThat(new String(content, US_ASCII)).containsOnlyOnce("BEGIN PRIVATE KEY");
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(Pem.keyIn(content));
    byte[] signed = signature.sign();
    signature.initVerify(casIn(trust.caFile()).get(0).getPublicKey());
    assertThat(signature.verify(signed)).as("the one key kept is the CA's").isFalse();
  }

  @Test
  void aLostStateMakesANewCaBesideTheOneThatOlderClientsTrust() throws IOException {
    broker().current();
    X509Certificate first = casIn(trust.caFile()).get(0);
    Files.delete(state);

    broker().current();

    assertThat(casIn(trust.caFile())).hasSize(2).startsWith(first);
  }

  @Test
  void aBrokerThatLosesItsStateAgainAndAgainDoesNotFillTheVolume() throws IOException {
    for (int i = 0; i < 20; i++) {
      broker().current();
      Files.delete(state);
    }

    assertThat(casIn(trust.caFile())).hasSize(8);
  }

  @Test
  void itIsRenewedAYearBeforeItsEndWhileTheBrokerRuns() throws IOException {
    OwnCertificate running = broker();
    ServerCertificate first = running.current();
    clock.advance(Duration.ofDays(4 * 365 - 1));
    assertThat(running.current()).isEqualTo(first);

    clock.advance(Duration.ofDays(2));

    assertThat(running.current().expiry()).isAfter(first.expiry());
    assertThat(casIn(trust.caFile())).hasSize(2);
    clock.advance(Duration.ofDays(4 * 365));
    running.current();
    assertThat(casIn(trust.caFile())).as("without the one that has ended").hasSize(2);
  }

  @Test
  void aStateThatIsNoneIsReplaced() throws IOException {
    Files.writeString(state, "nonsense");

    ServerCertificate made = broker().current();

    assertThat(broker().current()).isEqualTo(made);
  }

  @Test
  void aStateWhoseKeyIsThatOfAnotherCertificateIsReplaced() throws IOException {
    PrivateCa.Issued one = PrivateCa.issue(clock.instant());
    PrivateCa.Issued other = PrivateCa.issue(clock.instant());
    Files.write(
        state,
        Pem.key(other.key())
            .appendBuffer(Pem.certificates(List.of(one.server(), one.ca())))
            .getBytes());

    assertThat(broker().current().chain()).isNotEqualTo(one.toServe().chain());
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    OwnCertificate broker =
        new OwnCertificate(Path.of("/nowhere/state.pem"), trust, List::of, clock);

    assertThatThrownBy(broker::current)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/nowhere/state.pem");
  }

  @Test
  void nothingThatIsPrintedHoldsTheKey() throws IOException {
    assertThat(broker().current().toString() + PrivateCa.issue(clock.instant()))
        .doesNotContain("KEY")
        .contains("until");
  }

  private OwnCertificate broker() {
    return new OwnCertificate(state, trust, () -> List.of(ROOT), clock);
  }

  private static List<X509Certificate> casIn(Path file) throws IOException {
    return Pem.certificatesIn(Files.readAllBytes(file));
  }

  private List<X509Certificate> inTrustStore() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(trust.trustStore())) {
      store.load(in, TrustFiles.TRUST_STORE_PASSWORD.toCharArray());
    }
    return Collections.list(store.aliases()).stream()
        .map(
            alias -> {
              try {
                return (X509Certificate) store.getCertificate(alias);
              } catch (KeyStoreException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
