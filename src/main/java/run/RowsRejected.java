package run;

/**
 * An event: rows of a run did not parse.
 *
 * @param pipeline the run's pipeline
 * @param rows how many
 */
public record RowsRejected(String pipeline, long rows) {}
