package store;

import java.sql.SQLException;

/**
 * The run store failed. The message is one sentence that names the file, the cause, and the way
 * out.
 */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private static final String NO_ROOM =
      "its disk is full, and nothing was written; make room on the disk, and the service continues by itself";

  /**
   * SQLite, "Result and Error Codes": "may indicate that the underlying filesystem volume is out of
   * space". It is how opening a file on a full disk fails. The driver only reports it in its
   * message.
   */
  private static final String NO_ROOM_FOR_WAL = "SQLITE_IOERR_SHMSIZE";

  private static final String PLACE =
      "service.store must name a file in a folder that the service's user can write to";

  // SQLite, "Result and Error Codes": primary result codes. The driver gives no others.
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int NOTADB = 26;

  private final boolean ofTransaction;

  /**
   * What a database failure means.
   *
   * @param file the store's file
   */
  StoreException(String file, SQLException cause) {
    this(file, trouble(cause), cause, false);
  }

  private StoreException(String file, String trouble, Throwable cause, boolean ofTransaction) {
    super("Cannot use the run store %s: %s".formatted(file, trouble), cause);
    this.ofTransaction = ofTransaction;
  }

  /** The failure of a transaction that was to write. */
  static StoreException ofTransaction(String file, SQLException cause) {
    return new StoreException(file, trouble(cause), cause, true);
  }

  /** Whether it is the end of a transaction that was to write, and so wrote nothing. */
  public boolean isOfTransaction() {
    return ofTransaction;
  }

  /**
   * The meaning of a wrapped failure, or of one that is no database failure, which is then its
   * first line.
   */
  static StoreException of(String file, RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException ofDatabase) {
        return new StoreException(file, trouble(ofDatabase), failure, false);
      }
    }
    String words = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return new StoreException(file, words, failure, false);
  }

  /** The driver checks the file's folder before SQLite does, and then gives no code. */
  private static boolean couldNotBeFound(SQLException cause) {
    String message = String.valueOf(cause.getMessage());
    return message.startsWith("path to '") || message.startsWith("opening db: '");
  }

  private static String trouble(SQLException cause) {
    return switch (cause.getErrorCode()) {
      case FULL -> NO_ROOM;
      case BUSY, LOCKED ->
          "it stays locked, and nothing was written; a run store is for one service only: end whatever else has the file open, or check whether its disk is slow";
      case CORRUPT ->
          "the file is damaged; stop the service, keep a copy of the file, and replace it by a backup, or by what `sqlite3 <file> .recover` still finds in it";
      case NOTADB ->
          "the file is no SQLite database, or its beginning is damaged; replace it by a backup, or set service.store to another file";
      case READONLY ->
          "the file cannot be written; let the service's user write to the file and to its folder";
      case CANTOPEN -> "the file cannot be opened; " + PLACE;
      case IOERR ->
          cause.getMessage().contains(NO_ROOM_FOR_WAL)
              ? NO_ROOM
              : "its disk does not read or write as it should (%s); check the disk and the system's log"
                  .formatted(cause.getMessage());
      default -> couldNotBeFound(cause) ? cause.getMessage() + "; " + PLACE : cause.getMessage();
    };
  }
}
