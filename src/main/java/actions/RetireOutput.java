package actions;

import curated.CuratedFiles;
import flow.Action;
import flow.RunRequests;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.RetiredOutput;
import run.Run;
import run.RunState;
import store.RetiredOutputs;
import store.RunStore;
import warehouse.Retirement;
import warehouse.WarehouseSettings.Mode;

/** Deletes curated files that no table needs any more, once they are old enough. */
@ApplicationScoped
public class RetireOutput {

  private static final Logger LOG = Logger.getLogger(RetireOutput.class);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 20;

  private final Pipelines pipelines;
  private final RetiredOutputs outputs;
  private final RunStore runs;
  private final CuratedFiles files;
  private final InFlight inFlight;
  private final Clock clock;

  RetireOutput(
      Pipelines pipelines,
      RetiredOutputs outputs,
      RunStore runs,
      CuratedFiles files,
      InFlight inFlight,
      Clock clock) {
    this.pipelines = pipelines;
    this.outputs = outputs;
    this.runs = runs;
    this.files = files;
    this.inFlight = inFlight;
    this.clock = clock;
  }

  /**
   * How long to wait before {@link #due} is asked again: a tenth of the shortest {@code
   * curated.keep-for}, between a second and ten minutes.
   */
  public Duration pause() {
    return pipelines.all().stream()
        .flatMap(pipeline -> pipeline.curated().keepFor().stream())
        .map(keepFor -> keepFor.dividedBy(10))
        .min(Comparator.naturalOrder())
        .filter(pause -> pause.compareTo(LONGEST_PAUSE) < 0)
        .map(pause -> pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause)
        .orElse(LONGEST_PAUSE);
  }

  /** The outputs that are old enough, at most twenty of each pipeline that sets a time. */
  public List<Action.Retire> due() {
    Instant now = clock.instant();
    return pipelines.all().stream()
        .filter(pipeline -> pipeline.curated().keepFor().isPresent())
        .flatMap(pipeline -> due(pipeline, now).stream())
        .toList();
  }

  private List<Action.Retire> due(Pipeline pipeline, Instant now) {
    return outputs
        .due(
            pipeline.name(),
            now.minus(pipeline.curated().keepFor().orElseThrow()),
            pipeline.warehouse().mode() == Mode.REPLACE,
            MOST_AT_ONCE)
        .stream()
        .flatMap(
            output -> runs.find(output.run()).stream().map(open -> new Action.Retire(open, output)))
        .toList();
  }

  /** Claims the table of the run's pipeline, unless a load has it. */
  public boolean claim(Action.Retire action) {
    return inFlight.loads().claim(action.open().run().pipeline(), clock.instant());
  }

  /** Returns the claim. */
  public void release(Action.Retire action) {
    Instant now = clock.instant();
    inFlight.loads().release(action.open().run().pipeline(), now, now);
  }

  /** Begins the dialog that asks the table what it registers; it sends no statement yet. */
  public Retirement begin(Action.Retire action) {
    Run run = action.open().run();
    Pipeline pipeline = pipeline(action);
    return new Retirement(
        pipeline.name(),
        pipeline.warehouse(),
        pipeline.curatedUri(),
        run.id(),
        run.origin().createdAt(),
        RunRequests.paths(pipeline, run.id()).outputPath(action.output().attempt()));
  }

  /**
   * Decides whether the files may be deleted, and records that before anything is taken out of the
   * table. Registration in this table proves that the files belong to no other table; once they are
   * taken out, nothing proves it.
   *
   * @param retirement whose statements are all answered; if the files may be deleted, its next
   *     statements take them out of the table
   * @return whether they may be deleted
   */
  public boolean decide(Action.Retire action, Retirement retirement) {
    RetiredOutput output = action.output();
    Optional<String> obstacle =
        mayBeOfAnotherTable(action, retirement)
            ? Optional.of("the table registers none of its files, but another table may")
            : retirement.obstacle();
    outputs.save(
        new RetiredOutput(
            output.run(), output.attempt(), output.begunAt(), obstacle, Optional.empty()),
        clock.instant());
    obstacle.ifPresentOrElse(
        why ->
            LOG.warnf(
                "The files of attempt %d of run %s stay: %s", output.attempt(), output.run(), why),
        retirement::unregister);
    return obstacle.isEmpty();
  }

  private static boolean mayBeOfAnotherTable(Action.Retire action, Retirement retirement) {
    return action.open().run().state() == RunState.SUCCEEDED
        && isAccepted(action)
        && action.output().begunAt().isEmpty()
        && retirement.registeredFiles() == 0;
  }

  private static boolean isAccepted(Action.Retire action) {
    return action.open().attempts().stream()
        .filter(attempt -> attempt.number() == action.output().attempt())
        .allMatch(attempt -> attempt.failure().isEmpty());
  }

  /**
   * Deletes the files, and records it.
   *
   * @param retirement whose statements are all answered
   * @throws IllegalStateException if the table still registers one of them
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is unreachable
   */
  public void delete(Action.Retire action, Retirement retirement) {
    if (retirement.registeredFiles() > 0) {
      throw new IllegalStateException(
          "%d of its files are still registered".formatted(retirement.registeredFiles()));
    }
    RetiredOutput output = action.output();
    files.delete(RunRequests.paths(pipeline(action), output.run()), output.attempt());
    Instant now = clock.instant();
    outputs.save(
        new RetiredOutput(
            output.run(), output.attempt(), output.begunAt(), Optional.empty(), Optional.of(now)),
        now);
    LOG.infof("The files of attempt %d of run %s are deleted", output.attempt(), output.run());
  }

  /** Logs a failure; the output stays due. */
  public void failed(Throwable cause) {
    LOG.warnf(
        "Cannot delete curated files that no table needs, will try again: %s", cause.getMessage());
  }

  private Pipeline pipeline(Action.Retire action) {
    return pipelines.named(action.open().run().pipeline());
  }
}
