package warehouse;

/**
 * A load was refused for a reason that no repetition fixes: the run fails at once instead of trying
 * again until {@code warehouse.give-up-after}. It extends the exception for temporary failures, so
 * that a refusal is permanent only if the code says so.
 */
public final class LoadRefusedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final String wayOut;

  /**
   * @param problem what is refused and why
   * @param wayOut what an operator changes before the load can succeed; how the run then continues
   *     is added by the caller
   */
  public LoadRefusedException(String problem, String wayOut) {
    super(problem);
    this.wayOut = wayOut;
  }

  /**
   * @param cause Snowflake's own refusal
   */
  public LoadRefusedException(String problem, String wayOut, Throwable cause) {
    super(problem, cause);
    this.wayOut = wayOut;
  }

  /** What an operator changes before the load can succeed. */
  public String wayOut() {
    return wayOut;
  }
}
