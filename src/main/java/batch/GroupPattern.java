package batch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that finds an object's group in its key. It is Java's, with a limit: a
 * pattern that would run for hours on some key stops at that key.
 */
public final class GroupPattern {

  /** How many characters may be read; a good pattern needs a few thousand for the longest key. */
  private static final int MOST_STEPS = 200_000;

  private final Pattern pattern;

  /**
   * @param regex with one capturing group, which is the object's group, or with none: then the
   *     whole match is
   * @throws IllegalArgumentException if it is no regular expression, or has several groups
   */
  public GroupPattern(String regex) {
    try {
      pattern = Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "is '%s', which is no regular expression (%s at %d); write one such as sales/([0-9-]{10})/"
              .formatted(regex, e.getDescription(), e.getIndex()),
          e);
    }
    int groups = pattern.matcher("").groupCount();
    if (groups > 1) {
      throw new IllegalArgumentException(
          "is '%s' with %d capturing groups; write one, and (?:…) for the others"
              .formatted(regex, groups));
    }
  }

  /**
   * The group, from the first match.
   *
   * @param path the text to search
   * @return empty if there is no match, or none within a reasonable time
   */
  public Optional<String> groupOf(String path) {
    Matcher matcher = pattern.matcher(new LimitedText(path));
    try {
      return matcher.find()
          ? Optional.ofNullable(matcher.group(matcher.groupCount()))
          : Optional.empty();
    } catch (TooManySteps | StackOverflowError e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GroupPattern that && that.toString().equals(toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** The regular expression. */
  @Override
  public String toString() {
    return pattern.pattern();
  }

  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A text that limits how often its characters are read. */
  private static final class LimitedText implements CharSequence {
    private final String text;
    private int left = MOST_STEPS;

    LimitedText(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (--left < 0) {
        throw new TooManySteps();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
