package flow;

import batch.LandedObject;
import cluster.diagnosis.LostNodes;
import contract.JobResult;
import contract.JobResult.JobFailure;
import curated.RunPaths;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import pipeline.Pipeline;
import run.Attempt;
import run.ClusterStatus;
import run.Failure;
import run.FailureKind;
import run.Findings;
import run.Outcome;
import run.RowCounts;
import run.Run;
import run.RunState;
import run.StepState;
import run.StepStatus;
import warehouse.ExternalTable;

/**
 * The verdict on an attempt. All of its steps, the cluster's reason and the job's own result decide
 * together: a TERMINATED cluster may have a failed step, and COMPLETED steps without a result are
 * no success.
 */
public sealed interface Verdict {

  /**
   * The curated files are complete.
   *
   * @param result the job's own words
   */
  record Good(JobResult result) implements Verdict {

    @Override
    public Run applied(Run run, Instant now) {
      return counted(run, result).moveTo(RunState.LOADING, now);
    }

    @Override
    public Attempt applied(Attempt attempt) {
      return attempt.judged();
    }
  }

  /**
   * There is nothing to load, and nothing wrong.
   *
   * @param outcome no data
   * @param result the job's own words
   */
  record Nothing(Outcome outcome, JobResult result) implements Verdict {

    @Override
    public Run applied(Run run, Instant now) {
      return counted(run, result).decide(outcome);
    }

    @Override
    public Attempt applied(Attempt attempt) {
      return attempt.judged();
    }
  }

  /**
   * The attempt failed; the kind of its failure decides whether the run fails.
   *
   * @param failure why
   * @param result the job's result, if it left one
   */
  record Bad(Failure failure, Optional<JobResult> result) implements Verdict {

    @Override
    public Run applied(Run run, Instant now) {
      return result.map(words -> counted(run, words)).orElse(run);
    }

    @Override
    public Attempt applied(Attempt attempt) {
      return attempt.failed(failure).judged();
    }
  }

  /** The run with this verdict applied. */
  Run applied(Run run, Instant now);

  /** The attempt with this verdict applied. */
  Attempt applied(Attempt attempt);

  /** The end of a run whose objects are all empty: it needs no cluster. */
  static Outcome allEmpty(List<LandedObject> objects) {
    return Outcome.ended(RunState.NO_DATA, "Nothing to do, empty: " + LandedObject.names(objects));
  }

  /**
   * Judges an attempt whose steps have ended, or whose cluster is gone.
   *
   * @param attempt with the cluster as EMR last showed it
   * @param objects what the run took
   * @param result the job's result file, if there is one
   */
  static Verdict of(
      Attempt attempt, Pipeline pipeline, List<LandedObject> objects, Optional<JobResult> result) {
    ClusterStatus cluster = attempt.cluster().orElseThrow();
    if (!cluster.stepsCompleted()) {
      return failed(
          result
              .filter(words -> isOf(attempt, words))
              .filter(words -> words.failure().isPresent())
              .map(words -> ofJob(attempt, words, pipeline))
              .orElseGet(() -> ofCluster(attempt, cluster, pipeline)),
          result);
    }
    if (result.isEmpty()) {
      return failed(
          new Failure(
              FailureKind.INTERNAL,
              "All steps of cluster %s are COMPLETED and there is no result file"
                  .formatted(attempt.clusterId().orElse("?")),
              "Read the step's stderr; without a result file nothing is loaded"),
          result);
    }
    return ofResult(attempt, pipeline, objects, result.get());
  }

  /** What the attempt's job told of its rows and objects, if it left a result of its own. */
  static Findings findings(Attempt attempt, Pipeline pipeline, Optional<JobResult> result) {
    RunPaths paths = RunRequests.paths(pipeline, attempt.run());
    return result
        .filter(words -> isOf(attempt, words))
        .map(
            words ->
                Findings.of(words.details(), paths.uri(paths.rejectedPrefix(attempt.number()))))
        .orElse(Findings.NONE);
  }

  private static Verdict ofResult(
      Attempt attempt, Pipeline pipeline, List<LandedObject> objects, JobResult result) {
    if (!isOf(attempt, result)) {
      return failed(
          new Failure(
              FailureKind.INTERNAL,
              "The result file is of run %s, attempt %d".formatted(result.run(), result.attempt()),
              "Something else writes into this run's prefix; find out what"),
          Optional.of(result));
    }
    if (result.failure().isPresent()) {
      return failed(ofJob(attempt, result, pipeline), Optional.of(result));
    }
    if (result.schema().stream()
        .anyMatch(column -> column.name().equals(ExternalTable.RUN_COLUMN))) {
      return failed(
          new Failure(
              FailureKind.USER_CODE,
              "The curated files have a column %s, which the table has for the run"
                  .formatted(ExternalTable.RUN_COLUMN),
              "Give the column another name in %s and %s"
                  .formatted(properties(pipeline), Remedy.replay(attempt.run()))),
          Optional.of(result));
    }
    return result.rows().written() == 0
        ? new Nothing(
            Outcome.ended(
                RunState.NO_DATA,
                (pipeline.steps().areOwn()
                        ? "Nothing to load: the steps wrote no rows of %2$s"
                        : "Nothing to load: the job read %1$d rows of %2$s and wrote none")
                    .formatted(result.rows().read(), LandedObject.names(objects))),
            result)
        : new Good(result);
  }

  /** The properties with the user's own SQL or steps, if there are any. */
  private static String properties(Pipeline pipeline) {
    List<String> written = new ArrayList<>();
    if (pipeline.steps().areOwn()) {
      written.add("steps.*");
    } else {
      pipeline.transform().ifPresent(own -> written.add("transform.*"));
      if (!pipeline.checks().isEmpty()) {
        written.add("checks.*");
      }
      if (!pipeline.curated().partitionBy().isEmpty()) {
        written.add("curated.partition-by");
      }
      if (written.isEmpty()) {
        written.add("input.*");
      }
    }
    return written.stream()
        .map(property -> "pipelines.%s.%s".formatted(pipeline.name(), property))
        .collect(Collectors.joining(" or "));
  }

  private static boolean isOf(Attempt attempt, JobResult result) {
    return result.run().equals(attempt.run().value()) && result.attempt() == attempt.number();
  }

  private static Run counted(Run run, JobResult result) {
    JobResult.Rows rows = result.rows();
    return run.counted(new RowCounts(rows.read(), rows.written(), rows.rejected()));
  }

  private static Verdict failed(Failure failure, Optional<JobResult> result) {
    return new Bad(failure, result);
  }

  private static Failure ofJob(Attempt attempt, JobResult result, Pipeline pipeline) {
    JobFailure failure = result.failure().orElseThrow();
    List<String> unnamed =
        failure.objects().stream().filter(uri -> !failure.message().contains(uri)).toList();
    String message = failure.message() + said(unnamed);
    if (LostNodes.explain(List.of(message))) {
      return new Failure(
          FailureKind.INSTANCE,
          message,
          Remedy.ofCluster(FailureKind.INSTANCE, attempt, pipeline, Optional.empty()));
    }
    return switch (failure.kind()) {
      case DATA ->
          new Failure(
              FailureKind.DATA,
              message,
              Remedy.ofData(attempt.run(), pipeline, failure.objects(), result.details().checks()));
      case USER_CODE ->
          new Failure(
              FailureKind.USER_CODE,
              message,
              "Correct %s and %s".formatted(properties(pipeline), Remedy.replay(attempt.run())));
      case INSTANCE ->
          new Failure(
              FailureKind.INSTANCE,
              message,
              Remedy.ofCluster(FailureKind.INSTANCE, attempt, pipeline, Optional.empty()));
      case INTERNAL -> new Failure(FailureKind.INTERNAL, message, Remedy.ofJob(attempt, pipeline));
    };
  }

  private static Failure ofCluster(Attempt attempt, ClusterStatus cluster, Pipeline pipeline) {
    Optional<StepStatus> failed =
        cluster.steps().stream().filter(step -> step.state() == StepState.FAILED).findFirst();
    String what =
        "Cluster %s ended as %s%s%s"
            .formatted(
                attempt.clusterId().orElse("?"),
                cluster.state(),
                said(List.of(cluster.reasonCode(), cluster.reason())),
                failed
                    .map(
                        step ->
                            "; step %s failed%s"
                                .formatted(step.id(), said(List.of(step.message()))))
                    .orElse(""));
    Optional<String> deadline = metDeadline(attempt, cluster, failed, pipeline);
    FailureKind kind =
        deadline.isPresent() ? FailureKind.TIMEOUT : EndReason.kind(attempt, pipeline, failed);
    return new Failure(
        kind,
        what
            + deadline
                .map(
                    name ->
                        "; it exceeded pipelines.%s.cluster.%s".formatted(pipeline.name(), name))
                .orElse(""),
        Remedy.ofCluster(kind, attempt, pipeline, failed));
  }

  /** The property of the deadline that ended the cluster. */
  private static Optional<String> metDeadline(
      Attempt attempt, ClusterStatus cluster, Optional<StepStatus> failed, Pipeline pipeline) {
    Duration ofStep = pipeline.cluster().stepDeadline();
    if (failed.filter(step -> EndReason.metDeadline(step, ofStep)).isPresent()) {
      return Optional.of("step-deadline");
    }
    boolean wasTold =
        attempt
            .endAskedAt()
            .filter(told -> cluster.endedAt().filter(told::isAfter).isEmpty())
            .isPresent();
    return wasTold && cluster.reasonCode().equals("USER_REQUEST")
        ? Optional.of("max-age")
        : Optional.empty();
  }

  private static String said(List<String> words) {
    String text = String.join(", ", words.stream().filter(word -> !word.isEmpty()).toList());
    return text.isEmpty() ? "" : " (" + text + ")";
  }
}
