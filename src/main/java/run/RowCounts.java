package run;

/**
 * What the Spark job counted.
 *
 * @param read rows of the input, including the rejected ones
 * @param written rows of the curated files
 * @param rejected rows that did not parse
 */
public record RowCounts(long read, long written, long rejected) {}
