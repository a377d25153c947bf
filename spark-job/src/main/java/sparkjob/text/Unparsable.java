package sparkjob.text;

/** Why a record cannot become a row; the message is the {@code reason} of the rejected row. */
public final class Unparsable extends Exception {

  Unparsable(String reason) {
    // No stack trace: there may be millions of these, and the reason says it all.
    super(reason, null, false, false);
  }
}
