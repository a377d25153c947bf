/**
 * The Spark job that a transient cluster runs: it reads exactly the objects of a manifest, applies
 * a pipeline's transform, writes Parquet, and leaves a result file. What it is told and what it
 * tells is written in {@code docs/contract.md}.
 */
package sparkjob;
