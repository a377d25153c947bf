package run;

/**
 * What the Spark job counted.
 *
 * @param read rows of the input, the rejected ones included
 * @param written rows of the curated files
 * @param rejected rows that did not parse
 */
public record RowCounts(long read, long written, long rejected) {}
