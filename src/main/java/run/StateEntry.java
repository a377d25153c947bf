package run;

import java.time.Instant;

/**
 * A run came into a state.
 *
 * @param state the state
 * @param since when
 */
public record StateEntry(RunState state, Instant since) {}
