package dev.tokenbroker.dev;

import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.identity.Identity;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.identity.IdentitySelector;
import dev.tokenbroker.identity.Resolution;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * Resolves every request to the developer, whichever identity it names: a developer's machine can
 * give the tokens of no other. The log notes the first request that names one.
 */
final class DeveloperDirectory extends IdentityDirectory {

  private static final Logger LOG = Logger.getLogger("dev.tokenbroker.laptop");

  private boolean noted;

  DeveloperDirectory(BrokerConfig config) {
    super(config.identities(), config.entra().authority().toString());
  }

  @Override
  public Resolution resolve(IdentitySelector selector) {
    if (!noted && selector instanceof IdentitySelector.Named named) {
      noted = true;
      LOG.info(
          () ->
              "requests name an identity, the first "
                  + named.id()
                  + ": on a laptop each of them is you, with your own permissions");
    }
    return super.resolve(new IdentitySelector.None());
  }

  @Override
  public Optional<Identity> configuredBy(String id) {
    return Optional.empty();
  }
}
