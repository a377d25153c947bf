package localcloud.emr;

import java.util.Optional;
import software.amazon.awssdk.services.emr.model.FailureDetails;

/**
 * How a step's process ended.
 *
 * @param failure empty if it ended with exit code 0
 */
record StepOutcome(Optional<FailureDetails> failure) {
  boolean succeeded() {
    return failure.isEmpty();
  }
}
