package store;

import java.sql.SQLException;

/** The run store did not do what it was asked; nothing was written. */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1;

  StoreException(SQLException cause) {
    super("Cannot use the run store: " + cause.getMessage(), cause);
  }
}
