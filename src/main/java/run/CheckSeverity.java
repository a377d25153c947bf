package run;

/** What happens to a run in which a check finds rows. */
public enum CheckSeverity {
  /** It fails, and nothing is loaded. */
  FAIL,
  /** The finding is reported, and the run continues. */
  WARN
}
