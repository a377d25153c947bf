package actions;

import aws.AwsSettings;
import flow.Action;
import inflight.InFlight;
import intake.Intake;
import java.time.Clock;
import java.util.List;
import landing.LandingListing;
import pipeline.Pipelines;

/** Actions, over what a test has. */
public final class Made {

  private Made() {}

  /** Lists what has landed. */
  public static ListLanding listLanding(
      AwsSettings settings,
      Pipelines pipelines,
      LandingListing listing,
      Intake intake,
      InFlight inFlight,
      Clock clock) {
    return new ListLanding(settings, pipelines, listing, intake, inFlight, clock);
  }

  /** Checks no store: those of all pipelines are good. */
  public static CheckStore everyStoreIsGood(Pipelines pipelines, InFlight inFlight) {
    pipelines.all().forEach(pipeline -> inFlight.collectFrom(pipeline.name()));
    return new CheckStore(null, null, inFlight);
  }

  /** Reports messages that are no events. */
  public static RefuseMessage refuseMessage(AwsSettings settings) {
    return new RefuseMessage(settings);
  }

  /** Writes nothing down, and says which actions it was given. */
  public static RecordDecision recorded(List<Action> given) {
    return new RecordDecision(null, null, null, null, null) {
      @Override
      public void record(Action action) {
        given.add(action);
      }
    };
  }
}
