package dev.tokenbroker.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses what a mistyped word should have been. */
public final class Suggestion {

  private Suggestion() {}

  /** {@code "; did you mean X?"}, or nothing if no candidate is near. */
  public static String didYouMean(String word, Collection<String> candidates) {
    return nearest(word, candidates).map(c -> "; did you mean " + c + "?").orElse("");
  }

  /**
   * The candidate that needs the fewest changed letters, if they are few for a word that long. Case
   * and the signs between words do not count: {@code client_id} is nearly {@code clientId}.
   */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    String plain = plain(word);
    int best = Math.max(1, plain.length() / 3) + 1;
    Optional<String> nearest = Optional.empty();
    for (String candidate : candidates) {
      int distance = distance(plain, plain(candidate));
      if (distance < best) {
        best = distance;
        nearest = Optional.of(candidate);
      }
    }
    return nearest;
  }

  private static String plain(String word) {
    String shortened = word.length() > 100 ? word.substring(0, 100) : word;
    return shortened.toLowerCase(Locale.ROOT).replaceAll("(?<=\\w)[_-]", "");
  }

  /** Counts how many letters must be added, left out, replaced or swapped with their neighbour. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(int[][] cost, String a, String b, int i, int j) {
    char last = a.charAt(i - 1);
    int replace = cost[i - 1][j - 1] + (last == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && last == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
