package actions;

import batch.LandedObject;
import contract.JobResult;
import contract.JobResult.Checked;
import contract.JobResult.RejectReason;
import contract.Manifest;
import curated.RunPaths;
import flow.Action;
import flow.EndReason;
import flow.Ingested;
import flow.LogAwaitedException;
import flow.RunRequests;
import flow.Unusable;
import flow.UnusableFileException;
import flow.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.Attempt;
import run.CheckViolated;
import run.Findings;
import run.LeftOut;
import run.Outcome;
import run.Rejected;
import run.RowCounts;
import run.RowsRejected;
import run.Run;
import store.LandedObjects;
import store.RunStore;

/**
 * Judges an attempt by its steps, its cluster and the job's output: PROCESSING to LOADING, or to an
 * end without a load.
 */
@ApplicationScoped
public class JudgeAttempt {

  private static final Logger LOG = Logger.getLogger(JudgeAttempt.class);

  private final Pipelines pipelines;
  private final LandedObjects objects;
  private final RunStore runs;
  private final Event<CheckViolated> violated;
  private final Event<RowsRejected> rejected;
  private final Clock clock;

  JudgeAttempt(
      Pipelines pipelines,
      LandedObjects objects,
      RunStore runs,
      Event<CheckViolated> violated,
      Event<RowsRejected> rejected,
      Clock clock) {
    this.pipelines = pipelines;
    this.objects = objects;
    this.runs = runs;
    this.violated = violated;
    this.rejected = rejected;
    this.clock = clock;
  }

  /**
   * The objects that the step ingest fetched, from its manifest.
   *
   * @param manifest null if the step left none
   * @throws UnusableFileException if there is no manifest, or it is not of this attempt
   */
  public List<LandedObject> ingested(Action.Judge action, Manifest manifest) {
    Run run = action.open().run();
    Pipeline pipeline = pipelines.named(run.pipeline());
    RunPaths paths = RunRequests.paths(pipeline, run.id());
    String uri = paths.uri(paths.manifestKey(action.attempt().number()));
    if (manifest == null) {
      throw new UnusableFileException(uri, "is the manifest of the step ingest, and is not there");
    }
    return Ingested.of(pipeline, run, uri, manifest, clock.instant());
  }

  /**
   * Judges the attempt, and records the verdict.
   *
   * @param result the job's result file
   * @param fetched what the step ingest fetched, if the run has that step
   * @throws LogAwaitedException if only the failed step's log can explain the failure, and it has
   *     not arrived yet
   */
  public void judge(
      Action.Judge action, Written<JobResult> result, Written<List<LandedObject>> fetched) {
    judge(action.open().run(), action.attempt(), result, fetched);
  }

  private void judge(
      Run run, Attempt attempt, Written<JobResult> read, Written<List<LandedObject>> fetched) {
    Pipeline pipeline = pipelines.named(run.pipeline());
    Optional<JobResult> result = read.content();
    if (EndReason.awaitsLog(attempt, pipeline, result, clock.instant())) {
      throw new LogAwaitedException(attempt.clusterId().orElseThrow());
    }
    List<LandedObject> ingested = fetched.content().orElse(List.of());
    List<LandedObject> taken = run.ingestsOnItsCluster() ? ingested : objects.of(run.id());
    Verdict verdict =
        read.problem()
            .map(problem -> Unusable.result(attempt, pipeline, problem))
            .orElseGet(() -> Verdict.of(attempt, pipeline, taken, result));
    verdict =
        fetched.problem().isEmpty()
            ? verdict
            : Unusable.manifest(attempt, verdict, result, fetched.problem().get());
    Run judged = verdict.applied(run, clock.instant());
    Attempt ending = verdict.applied(attempt);
    LOG.logf(
        ending.failure().isPresent() ? Logger.Level.WARN : Logger.Level.INFO,
        "Run %s, attempt %d: %s",
        run.id(),
        attempt.number(),
        ending
            .failure()
            .map(failure -> failure.kind() + ", " + failure.message())
            .or(() -> judged.outcome().map(Outcome::message))
            .orElse("all steps have succeeded"));
    Findings findings = Verdict.findings(attempt, pipeline, result);
    if (!run.ingestsOnItsCluster() || ending.failure().isPresent()) {
      // The object of a failed attempt stays unused: the next attempt ingests its own.
      runs.judged(run, judged, ending, findings, List.of());
    } else {
      long bytes = ingested.stream().mapToLong(LandedObject::size).sum();
      runs.judged(run, judged.ingested(ingested.size(), bytes), ending, findings, ingested);
    }
    findings.rejected().ifPresent(why -> log(judged, why));
    findings.leftOut().ifPresent(what -> log(run, what));
    findings.checks().stream().filter(Checked::foundRows).forEach(check -> log(run, check));
  }

  private void log(Run run, Checked check) {
    LOG.warnf(
        "Run %s: check %s (%s) must find no rows and found %d",
        run.id(), check.name(), check.severity(), check.violations());
    violated.fire(new CheckViolated(run.pipeline(), check));
  }

  private static void log(Run run, LeftOut what) {
    if (what.skippedObjects() > 0) {
      LOG.warnf("Run %s skipped %s", run.id(), what.toldSkipped());
    }
    if (!what.stripped().isEmpty()) {
      LOG.infof("Run %s: removed because it is not data: %s", run.id(), what.toldStripped());
    }
  }

  private void log(Run judged, Rejected why) {
    RowCounts rows = judged.output().rows().orElseThrow();
    LOG.warnf(
        "Run %s: %d of %d rows were rejected: %s; all of them are in %s",
        judged.id(),
        rows.rejected(),
        rows.read(),
        why.reasons().stream().map(RejectReason::toString).collect(Collectors.joining(", ")),
        why.uri());
    rejected.fire(new RowsRejected(judged.pipeline(), rows.rejected()));
  }
}
