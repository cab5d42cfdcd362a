package dev.tokenbroker.clients;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of a library as its jar on the class path says. */
final class ClientVersion {

  private ClientVersion() {}

  static void print(String groupId, String artifactId) throws IOException {
    String file = "/META-INF/maven/" + groupId + "/" + artifactId + "/pom.properties";
    Properties properties = new Properties();
    try (InputStream in = ClientVersion.class.getResourceAsStream(file)) {
      properties.load(in);
    }
    System.out.println("version " + properties.getProperty("version"));
  }
}
