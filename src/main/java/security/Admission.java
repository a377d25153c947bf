package security;

/** That a caller was let in, for streams that outlast their request. */
@FunctionalInterface
public interface Admission {

  /** Whether what let the caller in no longer does: a new request would have to show anew. */
  boolean isOver();
}
