/**
 * What happens next: pure decisions over runs, attempts, and what EMR and Snowflake said. Nothing
 * here does I/O or keeps state; {@code inflight} remembers what is under way, and {@code polling}
 * what was asked of EMR.
 */
package flow;
