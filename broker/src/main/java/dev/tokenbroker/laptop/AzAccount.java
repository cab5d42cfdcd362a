package dev.tokenbroker.laptop;

import dev.tokenbroker.json.JsonReader;
import io.vertx.core.json.JsonObject;

/** Reads what {@code az account show --output json} prints. */
final class AzAccount {

  private static final String UNKNOWN = "your az login";

  private AzAccount() {}

  /** {@code alice@contoso.com, tenant 1111…}; what cannot be read is left out. */
  static String of(String printed) {
    return JsonReader.SMALL.object(printed).map(AzAccount::of).orElse(UNKNOWN);
  }

  private static String of(JsonObject json) {
    String name =
        json.getValue("user") instanceof JsonObject user
                && user.getValue("name") instanceof String text
            ? text
            : UNKNOWN;
    return json.getValue("tenantId") instanceof String tenant ? name + ", tenant " + tenant : name;
  }
}
