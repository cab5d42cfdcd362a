package dev.tokenbroker.config;

import static dev.tokenbroker.config.TestEnvironment.loaded;
import static dev.tokenbroker.config.TestEnvironment.problems;
import static dev.tokenbroker.config.TestEnvironment.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.config.HttpProxy.Credentials;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyTest {

  @ParameterizedTest
  @CsvSource({
    "http://proxy:3128, proxy, 3128",
    "http://proxy:3128/, proxy, 3128",
    "HTTP://proxy, proxy, 80",
    "proxy:3128, proxy, 3128",
    "http://10.0.0.1:8080, 10.0.0.1, 8080",
    "http://[fd00::1]:8080, fd00::1, 8080",
    "http://[fd00::1], fd00::1, 80",
  })
  void theProxyOfTheEnvironmentIsUsed(String url, String host, int port) {
    assertThat(loaded(webhook("HTTPS_PROXY", url)).entra().proxy().orElseThrow())
        .isEqualTo(new HttpProxy(new HostPort(host, port), Optional.empty()));
  }

  @Test
  void theUpperCaseVariableWins() {
    Map<String, String> environment = webhook("HTTPS_PROXY", "upper:1", "https_proxy", "lower:1");
    assertThat(loaded(environment).entra().proxy().orElseThrow().address().host())
        .isEqualTo("upper");

    environment.put("HTTPS_PROXY", "");
    assertThat(loaded(environment).entra().proxy().orElseThrow().address().host())
        .isEqualTo("lower");
  }

  @ParameterizedTest
  @CsvSource({
    "http://user:p%40ss%3Aw%2Bord+@proxy:1, user, p@ss:w+ord+",
    "http://user@proxy:1, user, ''",
    "http://us%20er:p@ss@proxy:1, us er, p@ss",
  })
  void credentialsArePercentDecoded(String url, String user, String password) {
    assertThat(loaded(webhook("HTTPS_PROXY", url)).entra().proxy().orElseThrow().credentials())
        .contains(new Credentials(user, password));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:hunter2@proxy:1",
        "socks5://user:hunter2@proxy:1",
        "http://user:hunter2%zz@proxy:1",
        "http://user:hunter2",
        "http://user:x@proxy:hunter2",
        "http://user:x@proxy/hunter2",
      })
  void aBadProxyIsAProblemThatNeverShowsThePassword(String url) {
    assertThat(problems(webhook("HTTPS_PROXY", url)))
        .singleElement()
        .asString()
        .startsWith("HTTPS_PROXY: found a value that is not shown (")
        .doesNotContain("hunter2");
  }

  @Test
  void theConfigurationNeverPrintsThePassword() {
    assertThat(loaded(webhook("HTTPS_PROXY", "http://user:hunter2@proxy:1")).toString())
        .contains("proxy")
        .doesNotContain("hunter2");
  }

  @Test
  void aProxyThatIsNotUsedIsNotChecked() {
    assertThat(loaded(webhook("HTTPS_PROXY", "socks5://x", "no_proxy", "*")).entra().proxy())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *                              | https://login.microsoftonline.com
          login.microsoftonline.com      | https://login.microsoftonline.com
          LOGIN.microsoftonline.COM      | https://login.microsoftonline.com
          microsoftonline.com            | https://login.microsoftonline.com
          .microsoftonline.com           | https://login.microsoftonline.com
          *.microsoftonline.com          | https://login.microsoftonline.com
          a.example, microsoftonline.com | https://login.microsoftonline.com
          a.example microsoftonline.com  | https://login.microsoftonline.com
          login.example:443              | https://login.example
          login.example:8443             | https://login.example:8443
          10.1.2.3                       | https://10.1.2.3
          10.1.2.3:443                   | https://10.1.2.3
          10.0.0.0/8                     | https://10.1.2.3
          10.1.2.2/31                    | https://10.1.2.3
          0.0.0.0/0                      | https://10.1.2.3
          fd00::/8                       | https://[fd12::1]
          fd12::1                        | https://[fd12::1]
          [fd12::1]:443                  | https://[fd12:0::1]
          ''                             | https://localhost:8443
          ''                             | https://127.0.0.1:8443
          ''                             | https://[::1]:8443
          """)
  void noProxyCovers(String noProxy, URI authority) {
    assertThat(NoProxy.parse(noProxy).covers(authority)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                        | https://login.microsoftonline.com
          online.com                | https://login.microsoftonline.com
          .login.microsoftonline.com| https://login.microsoftonline.com
          login.example:8443        | https://login.example
          login.example:443         | https://login.example:8443
          10.0.0.0/8                | https://11.1.2.3
          10.0.0.0/8                | https://login.example
          10.0.0.0/33               | https://10.0.0.0
          10.0.0.0/x                | https://10.0.0.0
          x/8                       | https://10.0.0.0
          10.1.2                    | https://10.1.2.3
          fd00::/8                  | https://[fe00::1]
          fd00::/8                  | https://10.1.2.3
          """)
  void noProxyDoesNotCover(String noProxy, URI authority) {
    assertThat(NoProxy.parse(noProxy).covers(authority)).isFalse();
  }
}
