package store;

/**
 * Another writer has changed the row meanwhile; nothing was written. Read again and decide again.
 */
public final class StaleVersionException extends RuntimeException {

  private static final long serialVersionUID = 1;

  StaleVersionException(String what, long version) {
    super("Cannot save version %d of %s: it was changed meanwhile".formatted(version, what));
  }
}
