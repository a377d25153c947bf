package actions;

import curated.CuratedFiles;
import flow.Action;
import flow.RunRequests;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.RetiredOutput;
import run.Run;
import store.RunStore;
import warehouse.Withdrawal;

/**
 * Takes the output of a discarded run out of its table and deletes it, so that its objects can run
 * again.
 */
@ApplicationScoped
public class DiscardOutput {

  private static final Logger LOG = Logger.getLogger(DiscardOutput.class);

  private final Pipelines pipelines;
  private final RunStore runs;
  private final CuratedFiles files;
  private final Clock clock;

  DiscardOutput(Pipelines pipelines, RunStore runs, CuratedFiles files, Clock clock) {
    this.pipelines = pipelines;
    this.runs = runs;
    this.files = files;
    this.clock = clock;
  }

  /** Begins the dialog that takes the run's files out of the table; it sends no statement yet. */
  public Withdrawal withdraw(Action.Discard action) {
    Pipeline pipeline = pipeline(action);
    return new Withdrawal(
        pipeline.name(), pipeline.warehouse(), pipeline.curatedUri(), action.open().run().id());
  }

  /**
   * Deletes the attempt's files.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is unreachable
   */
  public void delete(Action.Discard action) {
    files.delete(
        RunRequests.paths(pipeline(action), action.open().run().id()), action.attempt().number());
  }

  /** Records that the table registers none of the run's files, and that they are deleted. */
  public void complete(Action.Discard action) {
    Run run = action.open().run();
    Instant now = clock.instant();
    runs.withdrawn(
        run,
        run.withdrawn(),
        new RetiredOutput(
            run.id(),
            action.attempt().number(),
            Optional.of(now),
            Optional.empty(),
            Optional.of(now)));
    LOG.infof("Took the output of run %s out of the table and deleted it", run.id());
  }

  private Pipeline pipeline(Action.Discard action) {
    return pipelines.named(action.open().run().pipeline());
  }
}
