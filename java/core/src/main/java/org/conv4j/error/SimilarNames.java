package org.conv4j.error;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds the names that somebody may have meant. Safe for any thread. */
public final class SimilarNames {
  private static final int MOST = 5;
  private static final int MOST_ASKED = 3;

  private SimilarNames() {}

  /**
   * Ends a sentence about a name that is not known.
   *
   * @param name the name
   * @param known the names that are
   * @return a full stop, with similar names before it if there are any
   */
  public static String hint(String name, Collection<String> known) {
    List<String> similar = of(name, known);
    return similar.isEmpty() ? "." : "; similar ones are " + String.join(", ", similar) + ".";
  }

  /**
   * Asks behind such a sentence.
   *
   * @param name the name
   * @param known the names that are
   * @return {@code Did you mean 'torch'?} with a space before it, or nothing if no name is similar
   */
  public static String question(String name, Collection<String> known) {
    List<String> similar = of(name, known);
    return similar.isEmpty()
        ? ""
        : similar.stream()
            .limit(MOST_ASKED)
            .map(other -> "'" + other + "'")
            .collect(Collectors.joining(" or ", " Did you mean ", "?"));
  }

  /**
   * Finds the known names that contain a name, are contained in it, or differ in a third at most.
   * Capital letters and hyphens do not count.
   *
   * @param name the name
   * @param known the names that are
   * @return at most five of these, the most similar first
   */
  public static List<String> of(String name, Collection<String> known) {
    String given = last(name);
    List<String> similar = new ArrayList<>();
    for (String other : known) {
      String candidate = last(other);
      boolean contains =
          candidate.length() > 2 && given.contains(candidate)
              || given.length() > 2 && candidate.contains(given);
      if (contains || distance(given, candidate) <= given.length() / 3) {
        similar.add(other);
      }
    }
    similar.sort((a, b) -> Integer.compare(distance(given, last(a)), distance(given, last(b))));
    return similar.subList(0, Math.min(MOST, similar.size()));
  }

  /** What counts of {@code math.reduce_sum}: one word in small letters. */
  private static String last(String name) {
    String word = name.substring(name.lastIndexOf('.') + 1).replaceAll("[_-]", "");
    return word.substring(0, Math.min(64, word.length())).toLowerCase(Locale.ROOT);
  }

  /** How many letters have to be changed, added, left out, or swapped with their neighbours. */
  private static int distance(String a, String b) {
    int[][] steps = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        steps[i][j] = i == 0 || j == 0 ? i + j : least(steps, a, b, i, j);
      }
    }
    return steps[a.length()][b.length()];
  }

  /** The last step from the first {@code i} letters of one name to {@code j} of the other. */
  private static int least(int[][] steps, String a, String b, int i, int j) {
    int replaced = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, 1 + steps[i - 2][j - 2]) : least;
  }
}
