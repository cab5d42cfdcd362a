package dev.tokenbroker.emulator;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON object under construction; its members stay in the order in which they were added. */
final class JsonBody {

  private final Map<String, Object> members = new LinkedHashMap<>();

  JsonBody put(String name, Object value) {
    members.put(name, value);
    return this;
  }

  String encode() {
    return JSONObjectUtils.toJSONString(members);
  }
}
