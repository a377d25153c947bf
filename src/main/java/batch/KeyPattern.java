package batch;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A glob over keys: {@code *} matches any characters except a slash, {@code **} any characters,
 * {@code ?} one character that is no slash, {@code [a-z]} and {@code [!a-z]} one of a set, {@code
 * {csv,tsv}} either text; a backslash makes the next character literal. {@code **}{@code /} at a
 * pattern's beginning or after a slash also matches no folder. A pattern without a slash is
 * compared with the last part of the key, a pattern with a slash with everything after the landing
 * prefix, as in {@code .gitignore}. Whatever the pattern, matching takes time in proportion to the
 * key's length.
 */
public final class KeyPattern {

  /** The most patterns that braces may expand to. */
  private static final int MOST_ALTERNATIVES = 100;

  private final String written;
  private final boolean isOfName;
  private final List<List<Token>> alternatives;

  /** An element of a pattern: the characters of a key that it matches. */
  private sealed interface Token {

    /** This character. */
    record Literal(int character) implements Token {}

    /** One character that is no slash. */
    record One() implements Token {}

    /** Any number of characters, slashes among them or not. */
    record Any(boolean crossesFolders) implements Token {}

    /** One character of these ranges, each of two characters, or of none of them. */
    record Range(List<int[]> ranges, boolean isNegated) implements Token {}
  }

  /**
   * @throws IllegalArgumentException if it is malformed, or no key that lands can match it
   */
  public KeyPattern(String glob) {
    written = glob;
    isOfName = !glob.contains("/");
    if (glob.isEmpty() || glob.startsWith("/") || glob.endsWith("/") || glob.contains("//")) {
      throw refused(
          "no key matches it, because none begins or ends with a slash or has two in a row; write *.csv, or reports/** for a folder");
    }
    alternatives = spread(glob).stream().map(this::tokens).toList();
  }

  /**
   * Several patterns, separated by commas; a comma in braces belongs to its pattern.
   *
   * @throws IllegalArgumentException if one of them is malformed, or no key that lands can match it
   */
  public static List<KeyPattern> all(String globs) {
    List<KeyPattern> all = new ArrayList<>();
    int begin = 0;
    int braces = 0;
    for (int i = 0; i <= globs.length(); i++) {
      char c = i == globs.length() ? ',' : globs.charAt(i);
      if (c == '{' || c == '}') {
        braces += c == '{' ? 1 : -1;
      }
      if (i == globs.length() || (c == ',' && braces <= 0)) {
        all.add(new KeyPattern(globs.substring(begin, i).trim()));
        begin = i + 1;
      }
    }
    return all;
  }

  /**
   * Whether it matches an object.
   *
   * @param path its key after the landing prefix
   */
  public boolean matches(String path) {
    String compared = isOfName ? path.substring(path.lastIndexOf('/') + 1) : path;
    int[] characters = compared.codePoints().toArray();
    return alternatives.stream().anyMatch(tokens -> matches(tokens, characters));
  }

  /** Whether it matches every object. */
  public boolean matchesAll() {
    return written.matches("\\*+|\\*\\*(/\\*+)*");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyPattern that && that.written.equals(written);
  }

  @Override
  public int hashCode() {
    return written.hashCode();
  }

  /** As it is written. */
  @Override
  public String toString() {
    return written;
  }

  /** All positions in the pattern that the key's beginning leads to, character by character. */
  private static boolean matches(List<Token> tokens, int[] key) {
    BitSet at = new BitSet();
    at.set(0);
    skip(tokens, at);
    for (int character : key) {
      BitSet next = new BitSet();
      for (int i = at.nextSetBit(0); i >= 0 && i < tokens.size(); i = at.nextSetBit(i + 1)) {
        if (accepts(tokens.get(i), character)) {
          next.set(tokens.get(i) instanceof Token.Any ? i : i + 1);
        }
      }
      skip(tokens, next);
      at = next;
    }
    return at.get(tokens.size());
  }

  /** Passes over elements that may match nothing. */
  private static void skip(List<Token> tokens, BitSet at) {
    for (int i = at.nextSetBit(0); i >= 0 && i < tokens.size(); i = at.nextSetBit(i + 1)) {
      if (tokens.get(i) instanceof Token.Any) {
        at.set(i + 1);
      }
    }
  }

  private static boolean accepts(Token token, int character) {
    if (token instanceof Token.Literal literal) {
      return literal.character() == character;
    }
    if (token instanceof Token.Any any) {
      return any.crossesFolders() || character != '/';
    }
    if (token instanceof Token.Range set) {
      boolean isIn =
          set.ranges().stream().anyMatch(range -> range[0] <= character && character <= range[1]);
      return character != '/' && isIn != set.isNegated();
    }
    return character != '/';
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("has the pattern '%s': %s".formatted(written, why));
  }

  /**
   * The patterns without braces that a pattern expands to, with and without folders that may match
   * nothing.
   */
  private List<String> spread(String glob) {
    List<String> open = new ArrayList<>(List.of(glob));
    List<String> done = new ArrayList<>();
    while (!open.isEmpty()) {
      String next = open.remove(open.size() - 1);
      int brace = indexOf(next, '{', 0);
      int folders = folders(next);
      if (brace >= 0) {
        open.addAll(alternatives(next, brace));
      } else if (folders >= 0) {
        open.add(next.substring(0, folders) + next.substring(folders + 3));
        // An equivalent that is not expanded again.
        open.add(next.substring(0, folders) + "***" + next.substring(folders + 2));
      } else {
        done.add(next);
      }
      if (open.size() + done.size() > MOST_ALTERNATIVES) {
        throw refused("it expands to more than 100 patterns; write several shorter ones");
      }
    }
    return done;
  }

  /** The position of exactly two stars and a slash at the beginning or after a slash. */
  private static int folders(String glob) {
    int at = glob.indexOf("**/");
    while (at > 0 && glob.charAt(at - 1) != '/') {
      at = glob.indexOf("**/", at + 1);
    }
    return at;
  }

  private List<String> alternatives(String glob, int brace) {
    int end = indexOf(glob, '}', brace);
    int inner = indexOf(glob, '{', brace + 1);
    if (end < 0 || (inner >= 0 && inner < end)) {
      throw refused(
          "a brace is not closed, or is inside another; write {csv,tsv}, or \\{ for itself");
    }
    List<String> spread = new ArrayList<>();
    int from = brace + 1;
    while (from <= end) {
      int comma = indexOf(glob, ',', from);
      int to = comma < 0 || comma > end ? end : comma;
      spread.add(glob.substring(0, brace) + glob.substring(from, to) + glob.substring(end + 1));
      from = to + 1;
    }
    return spread;
  }

  /** The position of that character, unescaped and outside of brackets; -1 if there is none. */
  private static int indexOf(String glob, char wanted, int from) {
    boolean isInSet = false;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (c == '\\') {
        i++;
      } else if (i >= from && !isInSet && c == wanted) {
        return i;
      } else if (c == '[' || c == ']') {
        isInSet = c == '[';
      }
    }
    return -1;
  }

  private List<Token> tokens(String glob) {
    int[] all = glob.codePoints().toArray();
    List<Token> tokens = new ArrayList<>();
    int i = 0;
    while (i < all.length) {
      int c = all[i];
      int stars = i;
      while (stars < all.length && all[stars] == '*') {
        stars++;
      }
      if (stars > i) {
        tokens.add(new Token.Any(stars - i > 1));
        i = stars;
      } else if (c == '[') {
        i = set(all, i + 1, tokens);
      } else if (c == ']' || c == '}') {
        throw refused("a bracket or brace is not opened; write \\%c for itself".formatted(c));
      } else if (c == '\\') {
        if (i + 1 == all.length) {
          throw refused("a backslash is at its end; write two for itself");
        }
        tokens.add(new Token.Literal(all[i + 1]));
        i += 2;
      } else {
        tokens.add(c == '?' ? new Token.One() : new Token.Literal(c));
        i++;
      }
    }
    return tokens;
  }

  /** Reads a set from after its bracket, and returns where it ends. */
  private int set(int[] all, int begin, List<Token> tokens) {
    boolean isNegated = begin < all.length && (all[begin] == '!' || all[begin] == '^');
    List<int[]> ranges = new ArrayList<>();
    int i = isNegated ? begin + 1 : begin;
    while (i < all.length && all[i] != ']') {
      boolean isRange = i + 2 < all.length && all[i + 1] == '-' && all[i + 2] != ']';
      int last = isRange ? all[i + 2] : all[i];
      if (last < all[i]) {
        throw refused("a set goes backwards; write [a-z]");
      }
      ranges.add(new int[] {all[i], last});
      i += isRange ? 3 : 1;
    }
    if (i >= all.length || ranges.isEmpty()) {
      throw refused(
          "a bracket is not closed, or has nothing in it; write [0-9], or \\[ for itself");
    }
    tokens.add(new Token.Range(ranges, isNegated));
    return i + 1;
  }
}
