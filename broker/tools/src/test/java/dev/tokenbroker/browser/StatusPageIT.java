package dev.tokenbroker.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tokenbroker.dev.StubAz;
import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.testing.BrokerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status page of a packaged broker, in headless Chromium. */
class StatusPageIT {

  private static final int WIDE = 900;
  private static final int NARROW = 320;

  @TempDir private static Path configuration;
  private static EmulatedPod pod;
  private static BrokerProcess broker;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> chromium = Browser.chromium();
    assumeThat(chromium).as("Chromium is installed").isPresent();
    pod = new EmulatedPod();
    pod.entra().distrust(EmulatedPod.REPORTS.clientId());
    broker = BrokerProcess.serve(BrokerProcess.thisJava(), environment());
    browser = new Browser(chromium.get());
  }

  private static Map<String, String> environment() throws IOException {
    Path identities = configuration.resolve("broker.yaml");
    Files.writeString(
        identities,
        """
        identities:
          - name: orders
            clientId: %s
            prefetch: [https://vault.azure.net, https://database.windows.net/]
          - name: reports
            clientId: %s
            prefetch: [https://storage.azure.com/]
        """
            .formatted(EmulatedPod.APP.clientId(), EmulatedPod.REPORTS.clientId()));
    Map<String, String> environment = pod.environment();
    environment.put("BROKER_CONFIG", identities.toString());
    return environment;
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (broker != null) {
      broker.close();
    }
    if (pod != null) {
      pod.close();
    }
  }

  @BeforeEach
  void open() {
    browser.resize(WIDE, 900);
    browser.preferDark(false);
    browser.open("http://127.0.0.1:" + broker.listenPort() + "/");
    browser.await("document.querySelectorAll('#tokens .card').length === 3");
  }

  @Test
  void aHealthyAndARefusedIdentityAreToldApart() throws IOException {
    browser.await("document.querySelectorAll('#tokens .bad').length > 0");

    assertThat(text("#tokens"))
        .contains("https://vault.azure.net/.default", "as orders", "valid", "no token")
        .contains("AADSTS70021");
    assertThat(text("#tokens pre")).startsWith("az identity federated-credential create");
    assertThat(text("#state")).isEqualTo("not ready");
    shoot("status-refused");
  }

  @Test
  void theClaimsOfThePodsTokenAreShown() {
    assertThat(text("#source")).isEqualTo("Entra, for the pod's own token");
    assertThat(text("#federated")).contains("system:serviceaccount:shop:checkout");
  }

  @Test
  void nothingLooksLikeAToken() {
    assertThat(browser.evaluate("document.documentElement.outerHTML")).doesNotContain("eyJ");
  }

  @Test
  void aPhoneOf320PixelsNeedsNoSidewaysScrolling() throws IOException {
    browser.resize(NARROW, 640);

    assertThat(
            browser.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        .isEqualTo("true");
    shoot("status-narrow");
  }

  @Test
  void darkIsDarkAndLightIsLight() {
    assertThat(background()).isEqualTo("rgb(251, 251, 250)");

    browser.preferDark(true);

    assertThat(background()).isEqualTo("rgb(20, 22, 24)");
  }

  @Test
  void theKeyboardReachesTheCommandAndTheJson() {
    browser.press("Tab");
    assertThat(browser.evaluate("document.activeElement.textContent"))
        .isEqualTo("Copy the command");

    browser.press("Tab");
    assertThat(browser.evaluate("document.activeElement.textContent")).isEqualTo("/status");
  }

  @Test
  void aScreenReaderHearsTheStateAndEachTokensLife() {
    assertThat(browser.accessibleNames("heading")).contains("token-broker", "Tokens", "Entra");
    assertThat(browser.accessibleNames("progressbar"))
        .contains("Share of the token's life that is over");
    assertThat(browser.evaluate("document.getElementById('state').getAttribute('role')"))
        .isEqualTo("status");
  }

  @Test
  void thePageBringsItselfUpToDate() throws Exception {
    try (EmulatedPod other = new EmulatedPod();
        BrokerProcess fresh = healthy(other)) {
      browser.open("http://127.0.0.1:" + fresh.listenPort() + "/");
      browser.await("document.querySelector('#state')?.textContent === 'ready'");
      shoot("status-healthy");
      other.write("");

      browser.await("document.querySelector('#problem')?.textContent.includes('is empty')");
      browser.await("document.querySelector('#state')?.textContent === 'not ready'");
    }
  }

  @Test
  void onALaptopItSaysThatTheTokensAreTheDevelopers(@TempDir Path folder) {
    StubAz az = new StubAz(folder);
    az.environment().put("BROKER_LISTEN", "127.0.0.1:0");
    az.environment().put("BROKER_ADMIN_LISTEN", "127.0.0.1:0");
    try (BrokerProcess dev = BrokerProcess.dev(az.environment())) {
      browser.open("http://127.0.0.1:" + dev.listenPort() + "/");
      browser.await("document.querySelector('#state')?.textContent === 'ready'");

      assertThat(text("#source")).startsWith("Your own az login on this machine");
      assertThat(text("#federated")).isEmpty();
      assertThat(text("#upstream")).doesNotContain("authority");
    }
  }

  private static BrokerProcess healthy(EmulatedPod pod) {
    Map<String, String> environment = pod.environment();
    environment.put("BROKER_PREFETCH", "https://vault.azure.net,https://database.windows.net/");
    return BrokerProcess.serve(BrokerProcess.thisJava(), environment);
  }

  @Test
  void itsOwnPolicyForbidsItNothingItNeeds() {
    assertThat(browser.complaints()).isEmpty();
  }

  private static String text(String selector) {
    return browser.evaluate("document.querySelector('" + selector + "').innerText");
  }

  private static String background() {
    return browser.evaluate("getComputedStyle(document.body).backgroundColor");
  }

  /** Into the build folder, or where {@code -Dscreenshots=docs/images} says. */
  private static void shoot(String name) throws IOException {
    Path folder =
        Files.createDirectories(Path.of(System.getProperty("screenshots", "target/screenshots")));
    Files.write(folder.resolve(name + ".png"), browser.screenshot());
  }
}
