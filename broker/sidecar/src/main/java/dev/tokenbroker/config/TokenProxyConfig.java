package dev.tokenbroker.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The token proxy of AKS identity bindings, which then stands for the authority.
 *
 * @param url https, lower-case host; its path is a prefix, without a slash at the end
 * @param sniName the name that TLS asks for and verifies, if not the URL's host
 * @param caFile PEM certificates that replace the system's roots, read again at every exchange
 * @param caData the same, given directly; never both
 */
public record TokenProxyConfig(
    URI url, Optional<String> sniName, Optional<Path> caFile, Optional<String> caData) {}
