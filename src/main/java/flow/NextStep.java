package flow;

import io.quarkus.runtime.annotations.RegisterForReflection;
import run.Attempt;
import run.OpenRun;
import run.Outcome;

/** What is to be done next for a run. A route asks for {@link #leg} by its name. */
@RegisterForReflection
public sealed interface NextStep {

  /** The leg of the steps that need nothing but the store. */
  String RECORD = "record-step";

  /** The run as it was read for the decision. */
  OpenRun open();

  /** The route that does it: its endpoint is {@code direct:<leg>}. */
  String leg();

  /** Nothing now: the run waits for EMR. */
  record Wait(OpenRun open) implements NextStep {

    @Override
    public String leg() {
      throw new IllegalStateException("Nothing is to be done for run " + open.run().id());
    }
  }

  /** Write the manifest to S3; then the run is QUEUED. */
  record WriteManifest(OpenRun open) implements NextStep {

    @Override
    public String leg() {
      return "write-manifest";
    }
  }

  /** Write down that there is nothing to do: all objects are empty. */
  record DeclareEmpty(OpenRun open) implements NextStep {

    @Override
    public String leg() {
      return RECORD;
    }
  }

  /** Write down the intent of a first cluster; then the run is PROCESSING. */
  record Begin(OpenRun open) implements NextStep {

    @Override
    public String leg() {
      return RECORD;
    }
  }

  /**
   * Stage what the cluster needs and have exactly one cluster of the attempt's name; then the
   * attempt is LAUNCHED.
   */
  record Launch(OpenRun open, Attempt attempt) implements NextStep {

    @Override
    public String leg() {
      return "launch-cluster";
    }
  }

  /** Read the job's result and judge the attempt. */
  record Judge(OpenRun open, Attempt attempt) implements NextStep {

    @Override
    public String leg() {
      return "judge-attempt";
    }
  }

  /** Register the attempt's files in the external table and prove it. */
  record Load(OpenRun open, Attempt attempt) implements NextStep {

    @Override
    public String leg() {
      return "load-table";
    }
  }

  /** Write down how the run will end. */
  record Decide(OpenRun open, Outcome outcome) implements NextStep {

    @Override
    public String leg() {
      return RECORD;
    }
  }

  /** Ask EMR to terminate the attempt's cluster. */
  record Terminate(OpenRun open, Attempt attempt) implements NextStep {

    @Override
    public String leg() {
      return "terminate-cluster";
    }
  }

  /** Write down that the attempt has no cluster any more. */
  record EndAttempt(OpenRun open, Attempt attempt) implements NextStep {

    @Override
    public String leg() {
      return RECORD;
    }
  }

  /** Give the run its last state. */
  record Close(OpenRun open, Outcome outcome) implements NextStep {

    @Override
    public String leg() {
      return RECORD;
    }
  }
}
