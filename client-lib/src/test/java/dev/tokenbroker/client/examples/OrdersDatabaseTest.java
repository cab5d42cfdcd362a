package dev.tokenbroker.client.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.sqlserver.jdbc.SQLServerAccessTokenCallback;
import com.microsoft.sqlserver.jdbc.SQLServerDataSource;
import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import com.zaxxer.hikari.HikariConfig;
import dev.tokenbroker.client.Reply;
import dev.tokenbroker.client.StubBroker;
import dev.tokenbroker.client.TokenClient;
import java.sql.DriverPropertyInfo;
import java.time.Instant;
import java.util.Arrays;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class OrdersDatabaseTest {

  @Test
  void theDriverKnowsTheCallbackNamedInTheUrl() throws Exception {
    String url = OrdersDatabase.byUrl("orders.database.windows.net").getJdbcUrl();
    DriverPropertyInfo named =
        Arrays.stream(new SQLServerDriver().getPropertyInfo(url, new Properties()))
            .filter(property -> property.name.equals("accessTokenCallbackClass"))
            .findFirst()
            .orElseThrow();

    assertThat(Class.forName(named.value).getConstructor().newInstance())
        .isInstanceOf(SQLServerAccessTokenCallback.class);
  }

  @Test
  void theCallbackGivesTheBrokersToken() {
    try (StubBroker broker = new StubBroker()) {
      broker.answers(Reply.token("t1", Instant.now().plusSeconds(3600)));
      TokenClient tokens = TokenClient.builder().broker(broker.base()).build();
      HikariConfig config = OrdersDatabase.byClient("orders.database.windows.net", tokens);
      SQLServerAccessTokenCallback callback =
          ((SQLServerDataSource) config.getDataSource()).getAccessTokenCallback();

      assertThat(callback.getAccessToken("https://database.windows.net/", "").getAccessToken())
          .isEqualTo("t1");
    }
  }
}
