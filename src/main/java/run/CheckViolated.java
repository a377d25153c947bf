package run;

/**
 * A check found rows in a run.
 *
 * @param pipeline the run's pipeline
 * @param check what it found
 */
public record CheckViolated(String pipeline, CheckOutcome check) {}
