/**
 * What happens next: pure decisions over runs, attempts, and the answers of EMR and Snowflake.
 * Nothing here does I/O or keeps state; {@code inflight} remembers the work in progress, and {@code
 * polling} the queries to EMR.
 */
package flow;
