package dev.tokenbroker.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrivateCaTest {

  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  private static final String NAME_CONSTRAINTS = "2.5.29.30";

  private final PrivateCa.Issued made = PrivateCa.issue(NOW);

  @Test
  void theServersCertificateIsForLoopbackAndForServers() throws Exception {
    X509Certificate server = made.server();

    assertThat(server.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(
            List.of(2, "localhost"), List.of(7, "127.0.0.1"), List.of(7, "0:0:0:0:0:0:0:1"));
    assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(server.getBasicConstraints()).isEqualTo(-1);
    assertThat(server.getVersion()).isEqualTo(3);
    assertThat(server.getSerialNumber()).isPositive();
  }

  @Test
  void theCaSignsServersOnly() {
    assertThat(made.ca().getBasicConstraints()).isZero();
    assertThat(made.ca().getKeyUsage()[5]).as("keyCertSign").isTrue();
    assertThat(made.ca().getKeyUsage()[0]).as("digitalSignature").isFalse();
  }

  @Test
  void theChainIsValidForItsWholeLifeAndFromADayBefore() throws Exception {
    validate(made.server(), made.ca(), NOW.minusSeconds(86_000));
    validate(made.server(), made.ca(), NOW.plus(PrivateCa.LIFE).minusSeconds(1));

    assertThatThrownBy(
            () -> validate(made.server(), made.ca(), NOW.plus(PrivateCa.LIFE).plusSeconds(2)))
        .isInstanceOf(CertPathValidatorException.class);
  }

  @Test
  void anotherCaDoesNotVouchForIt() {
    PrivateCa.Issued other = PrivateCa.issue(NOW);

    assertThat(other.ca().getSubjectX500Principal())
        .isNotEqualTo(made.ca().getSubjectX500Principal());
    assertThatThrownBy(() -> validate(made.server(), other.ca(), NOW))
        .isInstanceOf(CertPathValidatorException.class);
  }

  @Test
  void everyClientMustHeedThatTheCaIsForLoopbackOnly() {
    assertThat(made.ca().getCriticalExtensionOIDs()).contains(NAME_CONSTRAINTS);
  }

  private static void validate(X509Certificate server, X509Certificate ca, Instant at)
      throws GeneralSecurityException {
    // As part of the path too: Java does not heed the constraints of a mere trust anchor.
    CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(server, ca));
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(at));
    CertPathValidator.getInstance("PKIX").validate(path, parameters);
  }
}
