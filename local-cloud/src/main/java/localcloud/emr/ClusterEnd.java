package localcloud.emr;

import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.ClusterStateChangeReason;
import software.amazon.awssdk.services.emr.model.ClusterStateChangeReasonCode;
import software.amazon.awssdk.services.emr.model.StepState;

/**
 * How a cluster ends, and why.
 *
 * @param state TERMINATED or TERMINATED_WITH_ERRORS, after TERMINATING
 * @param runningSteps the final state of running steps; waiting ones are CANCELLED
 */
record ClusterEnd(ClusterState state, ClusterStateChangeReason reason, StepState runningSteps) {

  /** An end that cancels running steps. */
  static ClusterEnd of(ClusterState state, ClusterStateChangeReasonCode code, String message) {
    return new ClusterEnd(state, reason(code, message), StepState.CANCELLED);
  }

  static ClusterStateChangeReason reason(ClusterStateChangeReasonCode code, String message) {
    return ClusterStateChangeReason.builder().code(code).message(message).build();
  }
}
