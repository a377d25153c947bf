package flow;

/** An attempt cannot be judged before its failed step's log has arrived. */
public final class LogAwaitedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** For the attempt of that cluster. */
  public LogAwaitedException(String clusterId) {
    super("The log of the step that failed on cluster %s has not arrived yet".formatted(clusterId));
  }
}
