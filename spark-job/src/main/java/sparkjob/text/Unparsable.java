package sparkjob.text;

/** Why a record cannot become a row; the message is the {@code reason} of the rejected row. */
public final class Unparsable extends Exception {

  private final String kind;

  /** For a reason without any value of the record. */
  Unparsable(String reason) {
    this(reason, reason);
  }

  /**
   * For a reason that shows a part of the record.
   *
   * @param kind the reason without any value
   * @param reason the reason with this record's value
   */
  Unparsable(String kind, String reason) {
    // No stack trace: there may be millions of these, and the reason is enough.
    super(reason, null, false, false);
    this.kind = kind;
  }

  /** The reason without any value of the record; rejected rows are counted by it. */
  public String kind() {
    return kind;
  }
}
