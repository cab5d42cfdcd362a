package dev.tokenbroker;

import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.EndpointConfig;
import dev.tokenbroker.endpoint.ListenerOptions;
import dev.tokenbroker.listener.Bounds;
import dev.tokenbroker.listener.HeapShare;
import java.util.Optional;

/** From the configuration to the token listener's options: the endpoint knows no configuration. */
final class Listeners {

  private Listeners() {}

  static ListenerOptions options(BrokerConfig config) {
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
}
