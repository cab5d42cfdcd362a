package dev.tokenbroker.assertion;

import dev.tokenbroker.assertion.UnusableTokenFileException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;

/**
 * The file that {@code AZURE_FEDERATED_TOKEN_FILE} names. The kubelet swaps it at 80 % of the
 * token's life (Kubernetes documentation, "ServiceAccount token volume projection"), so it is read
 * anew each time and nothing of it is kept.
 */
public final class FederatedTokenFile {

  /** Real ones are 1 to 2 KiB. */
  static final int MAX_BYTES = 64 * 1024;

  private final Path path;
  private final Clock clock;

  public FederatedTokenFile(Path path, Clock clock) {
    this.path = path;
    this.clock = clock;
  }

  /**
   * Reads the token as it is now. It blocks: never call it on an event loop.
   *
   * @throws UnusableTokenFileException if there is none, or it is malformed or expired
   */
  public FederatedToken read() throws UnusableTokenFileException {
    FederatedToken token = parse(content());
    Instant expiresAt = token.claims().expiresAt();
    if (!clock.instant().isBefore(expiresAt)) {
      throw unusable(
          Kind.EXPIRED,
          "holds a token that expired at " + expiresAt + "; the kubelet renews it well before",
          "check the node's clock and the volume");
    }
    return token;
  }

  private String content() throws UnusableTokenFileException {
    if (Files.isDirectory(path)) {
      throw unusable(
          Kind.UNREADABLE, "is a directory", "name the file in it, such as azure-identity-token");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      // A pipe would be waited for.
      throw unusable(Kind.UNREADABLE, "is no regular file", "name the file of the volume");
    }
    byte[] bytes;
    try {
      bytes = bytes();
    } catch (NoSuchFileException e) {
      throw unusable(
          Kind.MISSING,
          "does not exist",
          "is the projected volume mounted into this container, and does the pod"
              + " carry the label azure.workload.identity/use: \"true\"?");
    } catch (AccessDeniedException e) {
      throw unusable(
          Kind.UNREADABLE,
          "cannot be read",
          "permission denied for the broker's user (see fsGroup)");
    } catch (IOException e) {
      throw unusable(Kind.UNREADABLE, "cannot be read", e.getClass().getSimpleName());
    }
    if (bytes.length > MAX_BYTES) {
      throw unusable(Kind.MALFORMED, "is larger than 64 KiB", "this is no service account token");
    }
    String content = new String(bytes, StandardCharsets.UTF_8).strip();
    if (content.isEmpty()) {
      throw unusable(Kind.MALFORMED, "is empty", "");
    }
    return content;
  }

  /**
   * The kubelet deletes the old folder right after it has swapped the link to the new one: whoever
   * is caught in between finds nothing, and finds the new token when looking again.
   */
  private byte[] bytes() throws IOException {
    try {
      return bytesAsOfNow();
    } catch (NoSuchFileException e) {
      return bytesAsOfNow();
    }
  }

  private byte[] bytesAsOfNow() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(MAX_BYTES + 1);
    }
  }

  private FederatedToken parse(String content) throws UnusableTokenFileException {
    try {
      return new FederatedToken(content, ClaimsParser.parse(content));
    } catch (ClaimsParser.MalformedTokenException e) {
      throw unusable(Kind.MALFORMED, e.why(), "");
    }
  }

  private UnusableTokenFileException unusable(Kind kind, String why, String fix) {
    return new UnusableTokenFileException(
        kind, "The federated token file " + path + " " + why, fix);
  }
}
