package dev.tokenbroker.assembly;

import dev.tokenbroker.config.AuthorityConfig;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.tls.OwnCertificate;
import dev.tokenbroker.tls.ServerCertificate;
import dev.tokenbroker.tls.TrustFiles;
import dev.tokenbroker.tls.TrustedRoots;
import java.time.Clock;

/** Makes the source of the certificate that the authority on loopback shows. */
final class AuthorityCertificate {

  private AuthorityCertificate() {}

  static ServerCertificate.Source of(BrokerConfig config, AuthorityConfig authority) {
    if (authority.certificate() instanceof AuthorityConfig.Made made) {
      return new OwnCertificate(
          made.stateFile(),
          new TrustFiles(made.caFile()),
          () -> TrustedRoots.all(config.entra().caFile()),
          Clock.systemUTC());
    }
    AuthorityConfig.Files files = (AuthorityConfig.Files) authority.certificate();
    return () -> ServerCertificate.read(files.certFile(), files.keyFile());
  }
}
