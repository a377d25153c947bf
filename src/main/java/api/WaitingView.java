package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import store.PipelineSummaries.Waiting;

/**
 * The landed objects of a pipeline that no run has taken yet, in total. Those that are set aside or
 * wait for a backfill do not count.
 *
 * @param objects how many; a version that was overwritten while it waited counts as well
 * @param bytes their sizes together
 * @param oldest when the one that was modified first was modified, as S3 reports it
 */
@RegisterForReflection
public record WaitingView(long objects, long bytes, Optional<Instant> oldest) {

  static WaitingView of(Waiting waiting) {
    return new WaitingView(waiting.objects(), waiting.bytes(), waiting.oldest());
  }
}
