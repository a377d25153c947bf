package run;

import java.time.Duration;

/**
 * A run has come into another state, and the store has it.
 *
 * @param run in its new state
 * @param from the state before
 * @param spent how long it was in that one
 */
public record StateChanged(Run run, RunState from, Duration spent) {}
