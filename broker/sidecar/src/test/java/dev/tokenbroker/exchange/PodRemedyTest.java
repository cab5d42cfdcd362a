package dev.tokenbroker.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.assertion.FederatedClaims;
import dev.tokenbroker.config.OutboundRoute;
import dev.tokenbroker.config.TokenProxy;
import dev.tokenbroker.token.Aadsts;
import dev.tokenbroker.token.Remedy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodRemedyTest {

  private static final Aadsts MENDED =
      new Aadsts("70021", true, Aadsts.Kind.LASTING, "x", Remedy.of("No credential matches", ""));

  @Test
  void theCommandHoldsTheClaimsOfThePodsOwnToken() {
    assertThat(
            text(
                MENDED,
                claims("system:serviceaccount:shop:checkout", "api://aud"),
                OutboundRoute.direct()))
        .isEqualTo(
            "No credential matches: az identity federated-credential create --name token-broker"
                + " --identity-name <identity> --resource-group <group>"
                + " --issuer 'https://oidc.test/'"
                + " --subject 'system:serviceaccount:shop:checkout'"
                + " --audiences 'api://aud'");
  }

  @Test
  void aShellTakesAClaimAsOneWordAndNeverRunsIt() throws Exception {
    String subject = "it's $(touch /tmp/no) `id` \"; rm -rf x; ' \\";
    String hint = text(MENDED, claims(subject, "api://aud"), OutboundRoute.direct());
    String words = hint.substring(hint.indexOf("--issuer"));

    assertThat(shell("for word in " + words + "; do printf '%s\\n' \"$word\"; done"))
        .containsExactly(
            "--issuer", "https://oidc.test/", "--subject", subject, "--audiences", "api://aud");
  }

  @Test
  void withoutClaimsThereIsNoCommand() {
    assertThat(text(MENDED, Optional.empty(), OutboundRoute.direct()))
        .isEqualTo("No credential matches");
  }

  @Test
  void whatNoCredentialMendsHasNoCommand() {
    assertThat(text(Aadsts.of(700016).orElseThrow(), claims("s", "a"), OutboundRoute.direct()))
        .startsWith("There is no such application")
        .doesNotContain("az identity");
  }

  @Test
  void aTokenForIdentityBindingsIsNamedAsSuchSinceNoCredentialHelps() {
    assertThat(text(MENDED, claims("s", "api://AKSIdentityBinding"), OutboundRoute.direct()))
        .contains("AZURE_KUBERNETES_TOKEN_PROXY is not set")
        .doesNotContain("az identity");
  }

  @Test
  void throughTheTokenProxyAksKeepsTheCredentialSoThereIsNoCommandToCreateOne() {
    TokenProxy proxy =
        new TokenProxy(URI.create("https://proxy"), Optional.empty(), Optional.empty());

    assertThat(text(MENDED, claims("s", "api://AKSIdentityBinding"), proxy))
        .isEqualTo(
            "No credential matches: with identity bindings AKS keeps it, so look at az aks"
                + " identity-binding list.");
  }

  private static String text(
      Aadsts refusal, Optional<FederatedClaims> claims, OutboundRoute route) {
    return PodRemedy.of(refusal, claims, route).text();
  }

  private static List<String> shell(String script) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output.lines().toList();
  }

  private static Optional<FederatedClaims> claims(String subject, String audience) {
    return Optional.of(
        new FederatedClaims(
            "https://oidc.test/", subject, List.of(audience), Instant.EPOCH, Instant.MAX));
  }
}
