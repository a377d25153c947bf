package run;

/** What becomes of a run in which a check finds rows. */
public enum CheckSeverity {
  /** It fails, and nothing is loaded. */
  FAIL,
  /** It is told, and goes on. */
  WARN
}
