package dev.tokenbroker.config;

import dev.tokenbroker.tls.PemSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The settings that AKS injects for identity bindings. The proxy is what switches them on; without
 * it the others are a mistake (so do the Azure Identity libraries).
 */
final class TokenProxyLoader {

  private final SettingsReader given;
  private final List<Problem> problems;

  TokenProxyLoader(SettingsReader given, List<Problem> problems) {
    this.given = given;
    this.problems = problems;
  }

  Optional<TokenProxy> load() {
    Optional<URI> url = given.one(Settings.TOKEN_PROXY);
    Optional<String> sniName = given.one(Settings.TOKEN_PROXY_SNI_NAME);
    Optional<Path> caFile = given.one(Settings.TOKEN_PROXY_CA_FILE);
    Optional<String> caData = given.one(Settings.TOKEN_PROXY_CA_DATA);
    if (!given.isSet(Settings.TOKEN_PROXY)) {
      refuseAlone(Settings.TOKEN_PROXY_SNI_NAME);
      refuseAlone(Settings.TOKEN_PROXY_CA_FILE);
      refuseAlone(Settings.TOKEN_PROXY_CA_DATA);
    }
    if (given.isSet(Settings.TOKEN_PROXY_CA_FILE) && given.isSet(Settings.TOKEN_PROXY_CA_DATA)) {
      refuse(Settings.TOKEN_PROXY_CA_DATA, "only one of it and AZURE_KUBERNETES_CA_FILE");
    }
    Optional<PemSource> ca =
        caFile
            .<PemSource>map(PemSource.FromFile::new)
            .or(() -> caData.map(PemSource.FromText::new));
    return url.map(proxy -> new TokenProxy(proxy, sniName, ca));
  }

  private void refuseAlone(Setting<?> setting) {
    if (given.isSet(setting)) {
      refuse(setting, "AZURE_KUBERNETES_TOKEN_PROXY beside it, or none of the two");
    }
  }

  private void refuse(Setting<?> setting, String expected) {
    problems.add(new Problem(given.label(setting), "a value", expected));
  }
}
