package ingest;

import run.FailureKind;

/** A source does not have what it should, and asking again would not help. */
public class RefusedSource extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final FailureKind kind;

  RefusedSource(FailureKind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** VALIDATION if it answers with something else, DATA if its content does not fit. */
  public FailureKind kind() {
    return kind;
  }
}
