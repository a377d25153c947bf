package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import run.RunState;
import store.PipelineSummaries.RecentRun;

/**
 * One of a pipeline's newest runs, in the API.
 *
 * @param id its name
 * @param state its state
 * @param createdAt when it took its objects
 * @param endedAt when it came into its final state
 */
@RegisterForReflection
public record RecentRunView(
    String id, RunState state, Instant createdAt, Optional<Instant> endedAt) {

  static RecentRunView of(RecentRun run) {
    return new RecentRunView(run.id().value(), run.state(), run.createdAt(), run.endedAt());
  }
}
