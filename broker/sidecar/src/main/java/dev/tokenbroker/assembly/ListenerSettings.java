package dev.tokenbroker.assembly;

import dev.tokenbroker.authority.AuthorityOptions;
import dev.tokenbroker.config.AuthorityConfig;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.EndpointConfig;
import dev.tokenbroker.endpoint.ListenerOptions;
import dev.tokenbroker.listener.Bounds;
import dev.tokenbroker.listener.HeapShare;
import dev.tokenbroker.tls.CertificateSource;
import dev.tokenbroker.tls.OwnCertificate;
import dev.tokenbroker.tls.ServerCertificate;
import dev.tokenbroker.tls.TrustFiles;
import dev.tokenbroker.tls.TrustedRoots;
import java.time.Clock;
import java.util.Optional;

/** From the configuration to the listeners' options: the endpoint knows no configuration. */
final class ListenerSettings {

  private ListenerSettings() {}

  static ListenerOptions tokens(BrokerConfig config) {
    EndpointConfig endpoint = config.endpoint();
    return new ListenerOptions(
        endpoint.listen().host(),
        endpoint.listen().port(),
        endpoint.extraHosts(),
        endpoint.allowRemotePeers(),
        endpoint.instanceMetadata() ? Optional.of(ListenerOptions.REAL_IMDS) : Optional.empty(),
        endpoint.identityHeader(),
        endpoint.requireSecret(),
        endpoint.allowedUids(),
        Bounds.of(HeapShare.TOKEN, false, config.limits().connections()));
  }

  static AuthorityOptions authority(BrokerConfig config, AuthorityConfig authority) {
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
    AuthorityConfig.Files files = (AuthorityConfig.Files) authority.certificate();
    return () -> ServerCertificate.read(files.certFile(), files.keyFile());
  }
}
