package run;

/**
 * Rows of a run did not parse.
 *
 * @param pipeline whose run it is
 * @param rows how many
 */
public record RowsRejected(String pipeline, long rows) {}
