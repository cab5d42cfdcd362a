package dev.tokenbroker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/b",
    "/A/b, /A/b",
    "/a/b/, /a/b",
    "//a///b//, /a/b",
    "/a%2Fb, /a/b",
    "/%61/b, /a/b",
    "/a\\b, /a/b",
    "\\a\\b, /a/b",
    "/a%5cb, /a/b",
    "/a/./b, /a/b",
    "/a/x/../b, /a/b",
    "/a/x/%2e%2E/b, /a/b",
    "/a/x/..%2fb, /a/b",
    "/a/x\\..\\b, /a/b",
    "/../../a/b, /a/b",
    "/a/b/.., /a",
    "/.., /",
    "/, /",
    "//, /",
    "/a/.hidden, /a/.hidden",
    "/a/...;x/b, /a/...;x/b",
    "/a/%2561, /a/%61"
  })
  void everySpellingComesOutInOneForm(String sent, String clean) {
    assertThat(RequestPath.clean(sent)).isEqualTo(clean);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "a/b",
        "http:a",
        "/a%00",
        "/a%0d%0a",
        "/a%7f",
        "/a%20b",
        "/a b",
        "/a%",
        "/a%2",
        "/a%zz",
        "/a%c3%a4",
        "/\u00e4",
        "/\u212a",
        "/a\u0000",
        "/%\uff16\uff11"
      })
  void whatIsNoPathMatchesNothing(String sent) {
    assertThat(RequestPath.clean(sent)).isEqualTo(RequestPath.NONE);
  }

  @Test
  void aCleanPathIsNotCopied() {
    String path = "/metadata/identity/oauth2/token";

    assertThat(RequestPath.clean(path)).isSameAs(path);
  }
}
