package flow;

import cluster.diagnosis.ClusterLogs;
import cluster.request.Template;
import cluster.request.WrittenDuration;
import contract.JobResult.Checked;
import ingest.IngestStep;
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
import run.Run;
import run.RunId;
import run.StepStatus;

/**
 * What an operator does about a failure, in sentences that stay true for as long as they are kept.
 */
public final class Remedy {

  private static final int MOST_NAMED = 3;

  private Remedy() {}

  /** How to continue a run from the action that failed. */
  public static String retry(RunId run) {
    return "retry the run (POST /api/runs/%s/retry)".formatted(run);
  }

  /** How to start another run over the objects of a failed one. */
  static String replay(RunId run) {
    return "replay the run (POST /api/runs/%s/replay)".formatted(run);
  }

  /** How to continue a run whose load failed, after a change of its table or of its pipeline. */
  static String afterLoad(Run run) {
    String discard =
        run.mayBeInTable() ? "discard what it wrote (POST /api/runs/%s/discard) and " : "";
    return "%s, which repeats only the load; where its job must write something else, %s%s"
        .formatted(retry(run.id()), discard.formatted(run.id()), replay(run.id()));
  }

  /**
   * What to do if the job refused what it has read.
   *
   * @param faulty the objects at fault, as far as the job named them
   */
  static String ofData(RunId run, Pipeline pipeline, List<String> faulty, List<Checked> checks) {
    return ofChecks(run, pipeline, checks)
        .orElseGet(
            () -> {
              String declared =
                  "pipelines.%s.%s"
                      .formatted(
                          pipeline.name(), pipeline.steps().areOwn() ? "steps.*" : "input.*");
              return pipeline
                  .wholePrefix()
                  .map(
                      prefix ->
                          "Overwrite or delete %s, or correct %s: each run reads the whole of %s and fails until then. Then %s, unless an overwritten object has started one"
                              .formatted(named(faulty), declared, prefix, replay(run)))
                  .orElseGet(
                      () ->
                          "Correct %s and %s, or %s"
                              .formatted(declared, replay(run), otherData(pipeline)));
            });
  }

  private static String named(List<String> faulty) {
    String names = faulty.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    int more = faulty.size() - MOST_NAMED;
    if (names.isEmpty()) {
      return "the objects at fault";
    }
    return more > 0 ? names + " and %d more".formatted(more) : names;
  }

  /** How other data comes to a run; a run that reads its whole prefix meets the old as well. */
  private static String otherData(Pipeline pipeline) {
    if (pipeline.ingestUrl().isPresent()) {
      return "correct what pipelines.%s.ingest.url answers with and start the pipeline"
          .formatted(pipeline.name());
    }
    return pipeline
        .wholePrefix()
        .map("overwrite the objects at fault in %s, which each run reads whole"::formatted)
        .orElse("land corrected objects");
  }

  /** What to do if checks prevented the load; empty if none did. */
  private static Optional<String> ofChecks(RunId run, Pipeline pipeline, List<Checked> checks) {
    String violated =
        checks.stream()
            .filter(Checked::forbidsLoad)
            .map(check -> "pipelines.%s.checks.%s".formatted(pipeline.name(), check.name()))
            .collect(Collectors.joining(", "));
    return Optional.of(violated)
        .filter(names -> !names.isEmpty())
        .map(
            names ->
                "Correct the rows in pipelines.%s.transform.* or the query in %s and %s, or %s"
                    .formatted(pipeline.name(), names, replay(run), otherData(pipeline)));
  }

  /**
   * What to do if a cluster ended before its steps had completed.
   *
   * @param kind the kind of the failure, as far as EMR reports it
   * @param failed the step that failed, if one did
   * @see <a
   *     href="https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-manage-view-web-log-files.html">View
   *     Amazon EMR log files</a>
   */
  static String ofCluster(
      FailureKind kind, Attempt attempt, Pipeline pipeline, Optional<StepStatus> failed) {
    String retry = "; then " + retry(attempt.run());
    return switch (kind) {
      case CAPACITY -> moreMachines(pipeline);
      case BOOTSTRAP ->
          "Read %snode/<instance id>/bootstrap-actions/ and fix the bootstrap action that failed"
              .formatted(logs(attempt));
      case INSTANCE ->
          moreRungs(pipeline)
              + "; if EMR names no cause, ask AWS support about cluster %s"
                  .formatted(clusterId(attempt));
      case INTERNAL ->
          failed.isPresent()
              ? ofJob(attempt, pipeline)
              : "Read %s; if it happens again, ask AWS support about cluster %s"
                  .formatted(logs(attempt), clusterId(attempt));
      case VALIDATION ->
          failed.isPresent()
              ? "Correct what spark-submit could not fetch or load of pipelines.%s.steps.*, or let the nodes' role read it"
                      .formatted(pipeline.name())
                  + retry
              : ofRequest(
                  attempt, pipeline, attempt.cluster().map(ClusterStatus::reason).orElse(""));
      case USER_CODE ->
          isIngest(failed)
              ? "Make sure that pipelines.%s.ingest.url answers the cluster, with at most ingest.max-bytes, and that its nodes' role may write there; %ssteps/%s is the step's own log"
                      .formatted(
                          pipeline.name(),
                          logs(attempt),
                          failed.map(step -> step.id() + "/").orElse(""))
                  + retry
              : "Read %ssteps/%s and fix what fails there"
                      .formatted(logs(attempt), failed.map(step -> step.id() + "/").orElse(""))
                  + retry;
      case TIMEOUT ->
          "Give the pipeline more machines (pipelines.%1$s.cluster.*) or a longer deadline (pipelines.%1$s.cluster.step-deadline and max-age)"
                  .formatted(pipeline.name())
              + retry;
      case CANCELLED ->
          "Find out who ended the cluster; AWS CloudTrail has the call to TerminateJobFlows"
              + retry;
      case DATA, WAREHOUSE ->
          throw new IllegalArgumentException("Cannot blame a cluster for " + kind);
    };
  }

  /**
   * What to do where EMR refuses what it was asked for: names the properties whose value it quotes,
   * or else all that the request of the attempt's rung comes from.
   *
   * @param words EMR's
   */
  static String ofRequest(Attempt attempt, Pipeline pipeline, String words) {
    Template template = pipeline.cluster().template(attempt.intent().rung());
    List<String> properties = new ArrayList<>(template.quotedIn(words));
    if (template.isOfFile() && !properties.isEmpty()) {
      properties.add(template.properties().get(0));
    }
    if (properties.isEmpty()) {
      properties.addAll(template.properties());
      if (pipeline.steps().areOwn()) {
        properties.add("steps.*");
      }
    }
    String named =
        properties.stream()
            .map(property -> "pipelines.%s.%s".formatted(pipeline.name(), property))
            .collect(Collectors.joining(" or "));
    return "Correct what EMR names in %s (GET /api/pipelines/%s/plan shows the whole request); then %s"
        .formatted(named, pipeline.name(), retry(attempt.run()));
  }

  /** What to do if the job failed and neither the pipeline nor its input is at fault. */
  static String ofJob(Attempt attempt, Pipeline pipeline) {
    return "Read %ssteps/ for earlier messages; if the job lacks memory or disk, give the pipeline larger machines (pipelines.%s.cluster.*)"
        .formatted(logs(attempt), pipeline.name());
  }

  /** What to do if the manifest that the step ingest left cannot be used. */
  static String ofIngestedManifest(Attempt attempt) {
    return "Only the step ingest may write that file: find out what else does, or read %ssteps/ for what went wrong in it; then %s"
        .formatted(logs(attempt), retry(attempt.run()));
  }

  /** Why a run's object was not fetched, if asking its source again would not help. */
  public static Failure ofFetch(FailureKind kind, String message, Pipeline pipeline, RunId run) {
    String remedy =
        kind == FailureKind.DATA
            ? "Check the source; if it is right, set pipelines.%1$s.ingest.max-bytes or ingest.sha256 to what it has; then %2$s"
            : "Make sure that pipelines.%1$s.ingest.url answers this service with status 200 and the whole file, or let the cluster fetch it (ingest.by); then %2$s";
    return new Failure(kind, message, remedy.formatted(pipeline.name(), retry(run)));
  }

  /** The same for a fetch that took too long. */
  public static Failure lateFetch(Pipeline pipeline, RunId run, Instant begunAt) {
    return new Failure(
        FailureKind.TIMEOUT,
        "What pipelines.%1$s.ingest.url was not complete within %2$s from %3$s on (pipelines.%1$s.cluster.step-deadline)"
            .formatted(
                pipeline.name(), new WrittenDuration(pipeline.cluster().stepDeadline()), begunAt),
        "Find out why the source is slow, give it a longer deadline, or let the cluster fetch it (pipelines.%s.ingest.by); then %s"
            .formatted(pipeline.name(), retry(run)));
  }

  /** Whether the step that failed is the service's own that fetches a run's object. */
  static boolean isIngest(Optional<StepStatus> failed) {
    return failed.filter(step -> step.name().equals(IngestStep.NAME)).isPresent();
  }

  /** What to do if EMR reports what EC2 lacks. */
  static String moreMachines(Pipeline pipeline) {
    return moreRungs(pipeline) + "; if EMR names a quota of EC2, ask AWS to raise it";
  }

  /** What to do if EC2 has no machines of the requested types, or reclaims them. */
  static String moreRungs(Pipeline pipeline) {
    return "Give the pipeline other instance types, subnets or On-Demand as further rungs (pipelines.%s.cluster.ladder.*)"
        .formatted(pipeline.name());
  }

  /**
   * The failure of an attempt as the failure of its run, which tries no other cluster by itself.
   */
  static Failure forGood(Failure failure, RunId run) {
    return failure.kind().deservesAnotherCluster()
        ? new Failure(failure.kind(), failure.message(), failure.remedy() + "; then " + retry(run))
        : failure;
  }

  private static String logs(Attempt attempt) {
    ClusterLogs logs = ClusterLogs.of(attempt.intent().logUri(), clusterId(attempt));
    return "s3://%s/%s".formatted(logs.bucket(), logs.prefix());
  }

  private static String clusterId(Attempt attempt) {
    return attempt.clusterId().orElseThrow();
  }
}
