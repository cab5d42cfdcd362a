package dev.tokenbroker.emulator;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A private CA and a certificate for this machine's own names, made once for the process. */
final class EmulatorCertificates {

  static final String PASSWORD = "emulator";

  private static final X509Bundle CA = makeCa();
  private static final X509Bundle SERVER = makeServer();

  private EmulatorCertificates() {}

  static String caPem() {
    return CA.getCertificatePEM();
  }

  /** The server's key and certificate as a PKCS 12 file in this folder. */
  static Path keyStore(Path folder) throws Exception {
    Path file = folder.resolve("emulator.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      SERVER.toKeyStore("PKCS12", PASSWORD.toCharArray()).store(out, PASSWORD.toCharArray());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return file;
  }

  private static X509Bundle makeCa() {
    try {
      return validForYears()
          .subject("CN=Entra emulator CA")
          .setIsCertificateAuthority(true)
          .buildSelfSigned();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Bundle makeServer() {
    try {
      return validForYears()
          .subject("CN=localhost")
          .addSanDnsName("localhost")
          // For clients that will not be told of another authority: a proxy leads them here.
          .addSanDnsName("login.microsoftonline.com")
          .addSanDnsName("management.azure.com")
          .addSanIpAddress("127.0.0.1")
          .addSanIpAddress("::1")
          .addExtendedKeyUsageServerAuth()
          .buildIssuedBy(CA);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static CertificateBuilder validForYears() {
    Instant now = Instant.now();
    return new CertificateBuilder()
        .notBefore(now.minus(Duration.ofDays(400)))
        .notAfter(now.plus(Duration.ofDays(400)))
        .rsa2048();
  }
}
