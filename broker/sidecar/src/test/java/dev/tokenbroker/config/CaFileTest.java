package dev.tokenbroker.config;

import static dev.tokenbroker.config.TestEnvironment.loaded;
import static dev.tokenbroker.config.TestEnvironment.problems;
import static dev.tokenbroker.config.TestEnvironment.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaFileTest {

  @TempDir Path folder;

  @Test
  void aFileOfPemCertificatesIsTaken() throws Exception {
    Path file = write("# two of them\n" + pem() + "\n" + pem());

    assertThat(loaded(webhook("BROKER_CA_FILE", file.toString())).entra().caFile()).contains(file);
  }

  @Test
  void aFileWithoutCertificatesIsAProblem() throws Exception {
    assertThat(problemOf(write("hello"))).contains("(no PEM certificate in it)");
  }

  @Test
  void aBrokenCertificateIsAProblem() throws Exception {
    String broken = pem() + "\n-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

    assertThat(problemOf(write(broken))).contains("(a certificate in it is broken)");
  }

  @Test
  void aCertificateThatIsCutOffIsAProblem() throws Exception {
    String cutOff = pem() + "\n" + pem().substring(0, 200);

    assertThat(problemOf(write(cutOff))).contains("(a certificate in it is broken)");
  }

  private static String pem() throws Exception {
    X509Bundle bundle =
        new CertificateBuilder()
            .subject("CN=test")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    return bundle.getCertificatePEM();
  }

  private static String problemOf(Path file) {
    return problems(webhook("BROKER_CA_FILE", file.toString())).get(0);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("ca.pem"), text);
  }
}
