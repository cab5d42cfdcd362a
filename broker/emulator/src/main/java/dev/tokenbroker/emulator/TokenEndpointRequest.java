package dev.tokenbroker.emulator;

import com.github.tomakehurst.wiremock.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The form of a token request, taken apart. */
record TokenEndpointRequest(String tenant, Map<String, String> form, String correlationId) {

  static TokenEndpointRequest of(Request request) {
    String sent = request.getHeader("client-request-id");
    return of(
        request.getUrl(),
        request.getBodyAsString(),
        sent == null ? UUID.randomUUID().toString() : sent);
  }

  static TokenEndpointRequest of(String path, String body, String correlationId) {
    Map<String, String> form = new HashMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return new TokenEndpointRequest(path.split("/", -1)[1], form, correlationId);
  }

  String get(String name) {
    return form.getOrDefault(name, "");
  }

  String clientId() {
    return get("client_id");
  }

  /** The one scope that names a resource: msal4j sends its own beside it, and Entra takes that. */
  String scope() {
    for (String scope : get("scope").split(" ", -1)) {
      if (!scope.equals("openid") && !scope.equals("profile") && !scope.equals("offline_access")) {
        return scope;
      }
    }
    return "";
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
