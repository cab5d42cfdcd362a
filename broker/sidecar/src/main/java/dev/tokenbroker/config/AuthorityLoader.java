package dev.tokenbroker.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Loads the authority on loopback, if there is one, and how clients can trust it. */
final class AuthorityLoader {

  private static final List<Setting<Path>> FILES =
      List.of(
          Settings.AUTHORITY_CA_FILE,
          Settings.AUTHORITY_STATE_FILE,
          Settings.AUTHORITY_CERT_FILE,
          Settings.AUTHORITY_KEY_FILE);

  private final SettingsReader settings;

  AuthorityLoader(SettingsReader settings) {
    this.settings = settings;
  }

  /** The authority; empty if it is off, or has a problem. */
  Optional<AuthorityConfig> load(List<Setting<HostPort>> otherListeners, Optional<URI> upstream) {
    Optional<HostPort> listen = settings.one(Settings.AUTHORITY_LISTEN);
    if (!settings.isSet(Settings.AUTHORITY_LISTEN)) {
      FILES.stream().filter(settings::isSet).forEach(this::refuseWithoutListener);
      return Optional.empty();
    }
    listen.ifPresent(address -> check(address, otherListeners));
    if (settings.one(Settings.REQUIRE_SECRET).equals(Optional.of(true))) {
      String expected =
          "no such setting beside BROKER_AUTHORITY_LISTEN: a client of an authority cannot show the"
              + " secret";
      settings.refuse(Settings.REQUIRE_SECRET, "\"true\"", expected);
    }
    listen.ifPresent(address -> upstream.ifPresent(entra -> refuseLoop(address, entra)));
    Optional<AuthorityConfig.Certificate> certificate = certificate();
    return listen.flatMap(address -> certificate.map(found -> new AuthorityConfig(address, found)));
  }

  private void refuseWithoutListener(Setting<Path> file) {
    String expected = Settings.AUTHORITY_LISTEN.label() + " to be set as well";
    settings.refuse(file, "no authority", expected);
  }

  private void check(HostPort listen, List<Setting<HostPort>> otherListeners) {
    if (!listen.isLoopback()) {
      refuse(Settings.AUTHORITY_LISTEN, listen, Settings.AUTHORITY_LISTEN.expected());
    }
    for (Setting<HostPort> other : otherListeners) {
      if (listen.port() != 0
          && settings.one(other).filter(taken -> taken.port() == listen.port()).isPresent()) {
        refuse(
            Settings.AUTHORITY_LISTEN,
            listen,
            "another port than that of " + settings.label(other));
      }
    }
  }

  /** Refuses the authority host of the app containers, which leads back to the broker. */
  private void refuseLoop(HostPort listen, URI upstream) {
    String host = upstream.getHost() == null ? "" : upstream.getHost();
    boolean here = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    if (here && upstream.getPort() == listen.port()) {
      refuse(Settings.AUTHORITY_HOST, upstream, "Entra, not the broker's own authority");
    }
  }

  private Optional<AuthorityConfig.Certificate> certificate() {
    boolean own =
        settings.isSet(Settings.AUTHORITY_CERT_FILE) || settings.isSet(Settings.AUTHORITY_KEY_FILE);
    boolean made =
        settings.isSet(Settings.AUTHORITY_CA_FILE) || settings.isSet(Settings.AUTHORITY_STATE_FILE);
    if (own && made) {
      String expected =
          "either a certificate of your own (BROKER_AUTHORITY_CERT_FILE and"
              + " BROKER_AUTHORITY_KEY_FILE) or one that the broker makes"
              + " (BROKER_AUTHORITY_CA_FILE and BROKER_AUTHORITY_STATE_FILE)";
      settings.refuse(Settings.AUTHORITY_LISTEN, "both", expected);
      return Optional.empty();
    }
    return own ? givenByTheOperator() : madeByTheBroker();
  }

  private Optional<AuthorityConfig.Certificate> givenByTheOperator() {
    Optional<Path> certificate =
        settings.required(Settings.AUTHORITY_CERT_FILE, ", to go with BROKER_AUTHORITY_KEY_FILE");
    Optional<Path> key =
        settings.required(Settings.AUTHORITY_KEY_FILE, ", to go with BROKER_AUTHORITY_CERT_FILE");
    return certificate.flatMap(
        certFile -> key.map(keyFile -> new AuthorityConfig.Files(certFile, keyFile)));
  }

  private Optional<AuthorityConfig.Certificate> madeByTheBroker() {
    Optional<Path> caFile = settings.required(Settings.AUTHORITY_CA_FILE, ", such as an emptyDir");
    Optional<Path> stateFile =
        settings.required(
            Settings.AUTHORITY_STATE_FILE, ", such as an emptyDir that no app container mounts");
    if (caFile.isEmpty() || stateFile.isEmpty()) {
      return Optional.empty();
    }
    if (folder(caFile.get()).equals(folder(stateFile.get()))) {
      refuse(
          Settings.AUTHORITY_STATE_FILE,
          stateFile.get(),
          "another folder than that of "
              + settings.label(Settings.AUTHORITY_CA_FILE)
              + ": the key"
              + " is not for the apps");
    }
    return Optional.of(new AuthorityConfig.Made(caFile.get(), stateFile.get()));
  }

  private static Optional<Path> folder(Path file) {
    return Optional.ofNullable(file.toAbsolutePath().normalize().getParent());
  }

  private void refuse(Setting<?> setting, Object found, String expected) {
    settings.refuse(setting, Redacted.of(found.toString()), expected);
  }
}
