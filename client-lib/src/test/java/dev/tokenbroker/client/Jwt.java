package dev.tokenbroker.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Something that looks like a token of Entra. */
public final class Jwt {

  private Jwt() {}

  public static String ofTenant(String tenant) {
    return encoded("{\"alg\":\"RS256\"}")
        + "."
        + encoded("{\"aud\":[\"x\"],\"amr\":{\"a\":1},\"tid\":\"" + tenant + "\"}")
        + ".c2ln";
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
