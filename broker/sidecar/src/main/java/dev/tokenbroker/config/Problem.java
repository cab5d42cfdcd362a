package dev.tokenbroker.config;

/**
 * One thing that is wrong with the configuration, on one line.
 *
 * @param key the environment variable, the path in the file, or both, with the file's line
 * @param found what stands there, secrets masked
 * @param expected what should stand there, and how to get it
 */
public record Problem(String key, String found, String expected) {

  @Override
  public String toString() {
    return key + ": found " + found + ", expected " + expected;
  }
}
