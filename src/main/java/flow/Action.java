package flow;

import run.Attempt;
import run.Failure;
import run.OpenRun;
import run.Outcome;
import run.RetiredOutput;

/** The next action for a run. */
public sealed interface Action {

  /** The run, as it was read for the decision. */
  OpenRun open();

  /** Nothing now: the run waits for EMR. */
  record Wait(OpenRun open) implements Action {}

  /** Fetch the run's object into S3; then it is like a run that was collected. */
  record Fetch(OpenRun open) implements Action {}

  /** Write the manifest to S3; then the run is QUEUED. */
  record WriteManifest(OpenRun open) implements Action {}

  /** Record that there is nothing to do: all objects are empty. */
  record DeclareEmpty(OpenRun open) implements Action {}

  /**
   * Record the intent to launch a cluster; then the run is PROCESSING. It waits in the {@link
   * LaunchQueue} for its turn.
   *
   * @param rung which rung of the capacity ladder the attempt takes
   */
  record Begin(OpenRun open, int rung) implements Action {}

  /** Adopt the cluster that a call without a known answer has created. */
  record Adopt(OpenRun open, Attempt attempt, Adoption adoption) implements Action {}

  /**
   * Stage what the cluster needs and launch exactly one cluster with the attempt's name; then the
   * attempt is LAUNCHED.
   */
  record Launch(OpenRun open, Attempt attempt) implements Action {}

  /** Read the job's result and judge the attempt. */
  record Judge(OpenRun open, Attempt attempt) implements Action {}

  /** An action on the table of a pipeline: only one at a time runs for each table. */
  sealed interface OnTable extends Action {}

  /** Register the attempt's files in the external table and prove it. */
  record Load(OpenRun open, Attempt attempt) implements OnTable {}

  /** Take the attempt's files out of the external table and delete them. */
  record Discard(OpenRun open, Attempt attempt) implements OnTable {}

  /** Record why the attempt failed; whether the run fails is decided next. */
  record Fail(OpenRun open, Attempt attempt, Failure failure) implements Action {}

  /** Record how the run will end. */
  record Decide(OpenRun open, Outcome outcome) implements Action {}

  /** Ask EMR to terminate the attempt's cluster; one call serves several runs. */
  record Terminate(OpenRun open, Attempt attempt) implements Action {}

  /** Record that the attempt has no cluster any more. */
  record EndAttempt(OpenRun open, Attempt attempt) implements Action {}

  /** Delete the attempt's output, which no table registers; the run ended long ago. */
  record Retire(OpenRun open, RetiredOutput output) implements Action {}

  /** Give the run its final state; an unfinished fetch is aborted before. */
  record Close(OpenRun open, Outcome outcome) implements Action {}
}
