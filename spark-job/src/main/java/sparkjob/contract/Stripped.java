package sparkjob.contract;

import java.io.Serializable;

/**
 * What programs had put around the records of landed objects, and was taken away because it is no
 * data.
 *
 * @param what it was
 * @param times how often
 * @param uri the first object that had it, as the manifest gives it
 */
public record Stripped(String what, long times, String uri) implements Serializable {
  /** Two texts were put together, the second with its mark. */
  public static final String MARK = "a byte order mark between records";

  /** Two texts were put together, the second with its header. */
  public static final String HEADER = "a record that repeats the header";

  /** Names that are written {@code id, name}. */
  public static final String BLANKS = "blanks around names of a header";

  /** A spreadsheet's own. */
  public static final String DELIMITER_LINE = "a first line that tells the delimiter (sep=)";

  /** Both together, of this one's object. */
  public Stripped plus(Stripped other) {
    return new Stripped(what, times + other.times, uri);
  }
}
