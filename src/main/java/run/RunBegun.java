package run;

/**
 * An event: there is a new run, and the store has saved it.
 *
 * @param run in its first state
 */
public record RunBegun(Run run) {}
