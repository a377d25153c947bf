package run;

import contract.JobResult.Checked;

/**
 * A check found rows in a run.
 *
 * @param pipeline the run's pipeline
 * @param check what it found
 */
public record CheckViolated(String pipeline, Checked check) {}
