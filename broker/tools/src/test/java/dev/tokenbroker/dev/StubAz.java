package dev.tokenbroker.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A script named az, alone on a PATH, that notes how it was called and does as it is told. */
public final class StubAz {

  public static final String TOKEN = "eyJhbGciOiJub25lIn0.eyJhdWQiOiJ0ZXN0In0.c2lnbmF0dXJl";

  private final Path folder;
  private final Path calls;
  private final Map<String, String> environment = new HashMap<>();

  public StubAz(Path folder) {
    this.folder = folder;
    this.calls = folder.resolve("calls");
    environment.put("PATH", folder + ":/usr/bin:/bin");
  }

  /** What a broker beside it runs in; may be added to. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Lines of a shell that print a token which ends at this second of the epoch. */
  public static String printing(long expiresOn) {
    return """
        echo '{"accessToken":"%s","expiresOn":"1999-01-01 00:00:00.000000",'
        echo ' "expires_on":%d,"tokenType":"Bearer"}'
        """
        .formatted(TOKEN, expiresOn);
  }

  /** From now on it complains and fails. */
  public StubAz complains(String complaint) {
    return does("cat >&2 <<'EOF'\n" + complaint + "\nEOF\nexit 1");
  }

  /** From now on it runs these lines of a shell. */
  public StubAz does(String script) {
    try {
      Path az = folder.resolve("az");
      Path unfinished = folder.resolve("az.new");
      Files.writeString(unfinished, "#!/bin/sh\necho \"$*\" >> '" + calls + "'\n" + script + "\n");
      if (!unfinished.toFile().setExecutable(true)) {
        throw new IllegalStateException("cannot be made executable: " + unfinished);
      }
      Files.move(unfinished, az, StandardCopyOption.REPLACE_EXISTING);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Not a command any more. */
  public StubAz isMissing() {
    try {
      Files.deleteIfExists(folder.resolve("az"));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The arguments of each call for a token so far, in one line each. */
  public List<String> tokenCalls() {
    try {
      return Files.exists(calls)
          ? Files.readAllLines(calls).stream()
              .filter(line -> line.startsWith("account get-access-token"))
              .toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
