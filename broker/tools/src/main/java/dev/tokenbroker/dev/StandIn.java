package dev.tokenbroker.dev;

import dev.tokenbroker.identity.IdentitySelector;
import java.util.function.Consumer;
import java.util.logging.Logger;

/** Notes once that requests name identities, whose tokens a developer's machine cannot give. */
final class StandIn implements Consumer<IdentitySelector> {

  private static final Logger LOG = Logger.getLogger("dev.tokenbroker.laptop");

  private boolean noted;

  @Override
  public void accept(IdentitySelector selector) {
    if (!noted) {
      noted = true;
      LOG.info(
          () ->
              "requests name an identity, the first "
                  + selector.id()
                  + ": on a laptop each of them is you, with your own permissions");
    }
  }
}
