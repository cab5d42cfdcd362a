package dev.tokenbroker.dev;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** Reads what {@code az account show --output json} prints. */
final class AzAccount {

  private AzAccount() {}

  /** {@code alice@contoso.com, tenant 1111…}; what cannot be read is left out. */
  static String of(String printed) {
    try {
      JsonObject json = new JsonObject(printed);
      String user = json.getJsonObject("user", new JsonObject()).getString("name", "your az login");
      return user + ", tenant " + json.getString("tenantId", "unknown");
    } catch (DecodeException | ClassCastException e) {
      return "your az login";
    }
  }
}
