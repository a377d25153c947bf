package run;

import java.util.List;
import java.util.Optional;

/**
 * A run with all of its attempts, first to last.
 *
 * @param run the run
 * @param attempts its attempts
 */
public record OpenRun(Run run, List<Attempt> attempts) {

  public OpenRun {
    attempts = List.copyOf(attempts);
  }

  /** The attempts since the run was collected, or retried: those that count against its limit. */
  public List<Attempt> countedAttempts() {
    return attempts.stream()
        .filter(attempt -> attempt.number() >= run.standing().firstAttempt())
        .toList();
  }

  /** The attempt that counts. */
  public Optional<Attempt> lastAttempt() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
  }
}
