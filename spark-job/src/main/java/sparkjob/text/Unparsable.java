package sparkjob.text;

/** Why a record cannot become a row; the message is the {@code reason} of the rejected row. */
public final class Unparsable extends Exception {

  private final String kind;

  /** For a reason that holds nothing of the record's own. */
  Unparsable(String reason) {
    this(reason, reason);
  }

  /**
   * For a reason that shows some of the record.
   *
   * @param kind what all records have in common that are rejected for it
   * @param reason the same with what this record holds
   */
  Unparsable(String kind, String reason) {
    // No stack trace: there may be millions of these, and the reason says it all.
    super(reason, null, false, false);
    this.kind = kind;
  }

  /** The reason without anything of the record's own: rejected rows are counted by it. */
  public String kind() {
    return kind;
  }
}
