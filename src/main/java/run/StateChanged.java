package run;

import java.time.Duration;

/**
 * An event: a run has changed its state, and the store has saved it.
 *
 * @param run in its new state
 * @param from the state before
 * @param spent how long it was in the state before
 */
public record StateChanged(Run run, RunState from, Duration spent) {}
