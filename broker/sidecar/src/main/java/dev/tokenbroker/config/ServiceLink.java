package dev.tokenbroker.config;

import java.util.regex.Pattern;

/**
 * What Kubernetes puts into every container for a Service named {@code broker} or {@code
 * broker-...}. Source: Kubernetes documentation, "Service", environment variables.
 */
public final class ServiceLink {

  private static final Pattern NAME =
      Pattern.compile(
          "BROKER_([A-Z0-9_]+_)?"
              + "(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

  private static final Pattern URL = Pattern.compile("(tcp|udp|sctp)://.+");

  private ServiceLink() {}

  public static boolean is(String name, String value) {
    return NAME.matcher(name).matches()
        // BROKER_PORT=8080 is what somebody wrote by mistake.
        || (name.endsWith("_PORT") && URL.matcher(value).matches());
  }
}
