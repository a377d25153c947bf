package run;

/**
 * A check found rows in a run.
 *
 * @param pipeline whose run it is
 * @param check what it found
 */
public record CheckViolated(String pipeline, CheckOutcome check) {}
