/**
 * The Spark job that a transient cluster runs: it reads exactly the objects of a manifest, applies
 * a pipeline's transform, writes Parquet, and leaves a result file. Its input and its output are
 * described in {@code docs/contract.md}.
 *
 * <p>This package holds the job as a whole, and none of the others knows it. {@code landed} makes
 * the rows that a transform sees; it knows {@code text} and {@code cluster}, which do not know each
 * other; all know {@code failure}, and the contract that the service has too.
 */
package sparkjob;
