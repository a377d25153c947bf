/**
 * Makes runs of what lands. {@code Intake} records what was found; {@code Collector} makes runs of
 * what waits: {@code ClosedBatches} finds the batches, {@code NewRuns} makes a run of each. {@code
 * Backfilling} does both for older objects.
 */
package intake;
