/**
 * What lands becomes runs. {@code Intake} writes down what was found; {@code Collector} makes runs
 * of what waits: {@code ClosedBatches} finds the batches, {@code NewRuns} makes a run of each.
 */
package intake;
