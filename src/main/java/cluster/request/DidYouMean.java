package cluster.request;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Known words, and the one that was probably meant by another word.
 *
 * @param known the words
 */
public record DidYouMean(Collection<String> known) {

  /**
   * The known word that is most similar to the written one.
   *
   * @param most how many characters may be wrong, missing or extra
   */
  public Optional<String> nearest(String written, int most) {
    return known.stream()
        .filter(word -> distance(word, written) <= most)
        .min(Comparator.comparingInt(word -> distance(word, written)));
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
