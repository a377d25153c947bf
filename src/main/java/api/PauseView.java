package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import store.PausedPipelines.Pause;

/**
 * The pause of a pipeline, in the API.
 *
 * @param since when it began
 * @param by who began it
 * @param reason why, if that was said
 */
@RegisterForReflection
public record PauseView(Instant since, String by, Optional<String> reason) {

  static PauseView of(Pause pause) {
    return new PauseView(pause.since(), pause.by(), pause.reason());
  }
}
