package dev.tokenbroker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.microsoft.sqlserver.jdbc.SqlAuthenticationToken;
import java.time.Duration;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlServerTokenCallbackTest {

  private static final String AUTHORITY = "https://login.microsoftonline.com/some-tenant";

  private final ClientRig rig = new ClientRig();
  private final SqlServerTokenCallback callback = new SqlServerTokenCallback(rig.client);

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void theServerGetsATokenForTheResourceThatItNames() {
    rig.broker.answers(rig.token("t1", Duration.ofHours(1)));

    SqlAuthenticationToken token =
        callback.getAccessToken("https://database.windows.net/", AUTHORITY);
    assertThat(token.getAccessToken()).isEqualTo("t1");
    assertThat(token.getExpiresOn())
        .isEqualTo(Date.from(ManualTime.START.plus(Duration.ofHours(1))));
    assertThat(rig.broker.onlySeen().query())
        .containsEntry("resource", "https://database.windows.net/");
  }

  @Test
  void aPoolThatOpensManyConnectionsAsksOnce() {
    rig.broker.answers(rig.token("t1", Duration.ofHours(1)));
    for (int i = 0; i < 10; i++) {
      callback.getAccessToken("https://database.usgovcloudapi.net/", AUTHORITY);
    }
    assertThat(rig.broker.seen()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://vault.azure.net",
        "https://database.windows.net.evil.example/",
        "https://database.windows.net/x",
        "http://database.windows.net/",
        ""
      })
  void aServerCannotTalkTheAppOutOfAnotherToken(String spn) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> callback.getAccessToken(spn, AUTHORITY))
        .withMessageContaining("not Azure SQL");
    assertThat(rig.broker.seen()).isEmpty();
  }
}
