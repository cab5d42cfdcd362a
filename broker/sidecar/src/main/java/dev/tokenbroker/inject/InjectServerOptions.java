package dev.tokenbroker.inject;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The options of the webhook's server.
 *
 * @param host where it listens; port 0 lets the system choose
 * @param certificateFile PEM, the server's own certificate first
 * @param keyFile PEM
 * @param reloadInterval how often both files are looked at for a change
 * @param injection what pods get
 */
public record InjectServerOptions(
    String host,
    int port,
    Path certificateFile,
    Path keyFile,
    Duration reloadInterval,
    InjectionOptions injection) {}
