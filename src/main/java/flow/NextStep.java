package flow;

import io.quarkus.runtime.annotations.RegisterForReflection;
import run.Attempt;
import run.OpenRun;
import run.Outcome;

/** What is to be done next for a run. A route asks for {@link #leg} by its name. */
@RegisterForReflection
public sealed interface NextStep {

  /** The run as it was read for the decision. */
  OpenRun open();

  /** The route that does it: its endpoint is {@code direct:<leg>}. */
  default String leg() {
    if (this instanceof WriteManifest) {
      return "write-manifest";
    } else if (this instanceof Launch) {
      return "launch-cluster";
    } else if (this instanceof Judge) {
      return "judge-attempt";
    } else if (this instanceof Terminate) {
      return "terminate-cluster";
    }
    return "record-step";
  }

  /** Nothing now: the run waits for EMR. */
  record Wait(OpenRun open) implements NextStep {}

  /** Write the manifest to S3; then the run is QUEUED. */
  record WriteManifest(OpenRun open) implements NextStep {}

  /** Write down that there is nothing to do: all objects are empty. */
  record DeclareEmpty(OpenRun open) implements NextStep {}

  /** Write down the intent of a first cluster; then the run is PROCESSING. */
  record Begin(OpenRun open) implements NextStep {}

  /**
   * Stage what the cluster needs and have exactly one cluster of the attempt's name; then the
   * attempt is LAUNCHED.
   */
  record Launch(OpenRun open, Attempt attempt) implements NextStep {}

  /** Read the job's result and judge the attempt. */
  record Judge(OpenRun open, Attempt attempt) implements NextStep {}

  /** Register the attempt's files in the external table and prove it. */
  record Load(OpenRun open, Attempt attempt) implements NextStep {}

  /** Write down how the run will end. */
  record Decide(OpenRun open, Outcome outcome) implements NextStep {}

  /** Ask EMR to terminate the attempt's cluster. */
  record Terminate(OpenRun open, Attempt attempt) implements NextStep {}

  /** Write down that the attempt has no cluster any more. */
  record EndAttempt(OpenRun open, Attempt attempt) implements NextStep {}

  /** Give the run its last state. */
  record Close(OpenRun open, Outcome outcome) implements NextStep {}
}
