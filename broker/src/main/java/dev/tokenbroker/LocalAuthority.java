package dev.tokenbroker;

import dev.tokenbroker.certificate.CertificateSource;
import dev.tokenbroker.certificate.OwnCertificate;
import dev.tokenbroker.certificate.ServerCertificate;
import dev.tokenbroker.certificate.TrustFiles;
import dev.tokenbroker.config.AuthorityConfig;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.endpoint.AuthorityOptions;
import dev.tokenbroker.exchange.TrustedRoots;
import dev.tokenbroker.listener.Bounds;
import dev.tokenbroker.listener.HeapShare;
import java.time.Clock;

/** From the configuration to the options and the certificate of the authority on loopback. */
final class LocalAuthority {

  private LocalAuthority() {}

  static AuthorityOptions options(BrokerConfig config, AuthorityConfig authority) {
    return new AuthorityOptions(
        authority.listen().host(),
        authority.listen().port(),
        config.entra().authority().toString(),
        config.endpoint().allowedUids(),
        Bounds.of(HeapShare.AUTHORITY, true, config.limits().connections()));
  }

  static CertificateSource certificate(BrokerConfig config, AuthorityConfig authority) {
    if (authority.certificate() instanceof AuthorityConfig.Made made) {
      return new OwnCertificate(
          made.stateFile(),
          new TrustFiles(made.caFile()),
          () -> TrustedRoots.all(config.entra().caFile()),
          Clock.systemUTC());
    }
    AuthorityConfig.Given given = (AuthorityConfig.Given) authority.certificate();
    return () -> ServerCertificate.read(given.certFile(), given.keyFile());
  }
}
