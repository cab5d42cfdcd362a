package dev.tokenbroker.doctor;

import java.net.URI;

/** A resource that every tenant of a cloud knows (Azure documentation, "National clouds"). */
final class Clouds {

  private Clouds() {}

  static String resourceManager(URI authority) {
    String host = authority.getHost();
    if (host.endsWith(".us")) {
      return "https://management.usgovcloudapi.net/";
    }
    return host.endsWith(".cn")
        ? "https://management.chinacloudapi.cn/"
        : "https://management.azure.com/";
  }
}
