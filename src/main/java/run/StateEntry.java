package run;

import java.time.Instant;

/**
 * A run's entry into a state.
 *
 * @param state the state
 * @param since when
 */
public record StateEntry(RunState state, Instant since) {}
