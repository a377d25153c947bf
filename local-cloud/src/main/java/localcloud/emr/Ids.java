package localcloud.emr;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Identifiers in EMR's form. */
final class Ids {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int LENGTH = 13;

  private Ids() {}

  static String cluster() {
    return "j-" + word();
  }

  static String step() {
    return "s-" + word();
  }

  private static String word() {
    return ThreadLocalRandom.current()
        .ints(LENGTH, 0, ALPHABET.length())
        .mapToObj(i -> ALPHABET.substring(i, i + 1))
        .collect(Collectors.joining());
  }
}
