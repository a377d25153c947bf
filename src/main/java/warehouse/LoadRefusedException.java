package warehouse;

/**
 * A load that was refused for a reason that no repetition mends: the run fails at once instead of
 * trying again until {@code warehouse.give-up-after}. It extends the exception of what may mend
 * itself, so that a refusal is permanent only where its author says so.
 */
public final class LoadRefusedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final String wayOut;

  /**
   * @param problem what is refused and why
   * @param wayOut what a person changes before the load can succeed, without how the run then goes
   *     on: that is said by who knows the run
   */
  public LoadRefusedException(String problem, String wayOut) {
    super(problem);
    this.wayOut = wayOut;
  }

  /** What a person changes before the load can succeed. */
  public String wayOut() {
    return wayOut;
  }
}
