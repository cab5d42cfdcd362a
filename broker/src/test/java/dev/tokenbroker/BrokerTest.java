package dev.tokenbroker;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerTest {

  @Test
  void aProjectedTokenGoesInAndAnEntraTokenComesOut() throws Exception {
    try (Pod pod = new Pod()) {
      Broker broker =
          Broker.start(pod.config(Map.of())).toCompletionStage().toCompletableFuture().get();
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(
                              "http://127.0.0.1:"
                                  + broker.listenPort()
                                  + "/metadata/identity/oauth2/token?resource=https://vault.azure.net"))
                      .header("Metadata", "true")
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(response.body()).contains("access_token");
      System.out.println(new JsonObject(response.body()).encodePrettily());
      broker.drain().toCompletionStage().toCompletableFuture().get();
    }
  }
}
