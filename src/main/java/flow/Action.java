package flow;

import run.Attempt;
import run.Failure;
import run.OpenRun;
import run.Outcome;
import run.RetiredOutput;

/** What is to be done next for a run. */
public sealed interface Action {

  /** The route of the legs that need nothing but the store. */
  String RECORD = "record";

  /** The run as it was read for the decision. */
  OpenRun open();

  /** The route that does it: its endpoint is {@code direct:<leg>}. */
  String route();

  /** Nothing now: the run waits for EMR. */
  record Wait(OpenRun open) implements Action {

    @Override
    public String route() {
      throw new IllegalStateException("Nothing is to be done for run " + open.run().id());
    }
  }

  /** Have the run's object in S3; then it is like a run that was collected. */
  record Fetch(OpenRun open) implements Action {

    @Override
    public String route() {
      return "fetch-source";
    }
  }

  /** Write the manifest to S3; then the run is QUEUED. */
  record WriteManifest(OpenRun open) implements Action {

    @Override
    public String route() {
      return "write-manifest";
    }
  }

  /** Write down that there is nothing to do: all objects are empty. */
  record DeclareEmpty(OpenRun open) implements Action {

    @Override
    public String route() {
      return RECORD;
    }
  }

  /**
   * Write down the intent of a cluster; then the run is PROCESSING. It waits in the {@link
   * LaunchQueue} for its turn.
   *
   * @param rung which rung of the capacity ladder the attempt takes
   */
  record Begin(OpenRun open, int rung) implements Action {

    @Override
    public String route() {
      return RECORD;
    }
  }

  /** Take the cluster that a call without a known answer has created. */
  record Adopt(OpenRun open, Attempt attempt, Adoption adoption) implements Action {

    @Override
    public String route() {
      return "adopt-cluster";
    }
  }

  /**
   * Stage what the cluster needs and have exactly one cluster of the attempt's name; then the
   * attempt is LAUNCHED.
   */
  record Launch(OpenRun open, Attempt attempt) implements Action {

    @Override
    public String route() {
      return "launch-cluster";
    }
  }

  /** Read the job's result and judge the attempt. */
  record Judge(OpenRun open, Attempt attempt) implements Action {

    @Override
    public String route() {
      return "judge-attempt";
    }
  }

  /** What works on the table of a pipeline: only one such leg at a time does. */
  sealed interface OnTable extends Action {}

  /** Register the attempt's files in the external table and prove it. */
  record Load(OpenRun open, Attempt attempt) implements OnTable {

    @Override
    public String route() {
      return "load-table";
    }
  }

  /** Take the attempt's files out of the external table and delete them. */
  record Discard(OpenRun open, Attempt attempt) implements OnTable {

    @Override
    public String route() {
      return "discard-output";
    }
  }

  /** Write down why the attempt came to nothing; whether the run does, is decided next. */
  record Fail(OpenRun open, Attempt attempt, Failure failure) implements Action {

    @Override
    public String route() {
      return RECORD;
    }
  }

  /** Write down how the run will end. */
  record Decide(OpenRun open, Outcome outcome) implements Action {

    @Override
    public String route() {
      return RECORD;
    }
  }

  /** Ask EMR to terminate the attempt's cluster; one call serves several runs. */
  record Terminate(OpenRun open, Attempt attempt) implements Action {

    @Override
    public String route() {
      throw new IllegalStateException(
          "Terminations go by the batch, not alone for run " + open.run().id());
    }
  }

  /** Write down that the attempt has no cluster any more. */
  record EndAttempt(OpenRun open, Attempt attempt) implements Action {

    @Override
    public String route() {
      return RECORD;
    }
  }

  /** Delete what the attempt has written and no table registers; the run has long ended. */
  record Retire(OpenRun open, RetiredOutput output) implements Action {

    @Override
    public String route() {
      return "retire-output";
    }
  }

  /** Give the run its last state; what was begun to be fetched for it is given up before. */
  record Close(OpenRun open, Outcome outcome) implements Action {

    @Override
    public String route() {
      return open.run().isToBeFetched() ? "end-fetch" : RECORD;
    }
  }
}
