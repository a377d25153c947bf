package flow;

import cluster.ClusterRequest;
import cluster.ClusterStep;
import cluster.Owner;
import cluster.SparkStep;
import cluster.StepValues;
import contract.JobDescription;
import contract.JobDescription.Location;
import contract.JobDescription.Output;
import contract.JobDescription.Rejected;
import contract.JobResult;
import curated.JobJar;
import curated.RunPaths;
import java.util.List;
import pipeline.Pipeline;
import run.Attempt;
import run.Run;
import run.RunId;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import warehouse.Load;
import warehouse.WarehouseSettings;

/** What is sent for a run: a pure function of the pipeline, the run and the attempt. */
public final class Sent {

  private Sent() {}

  /** Where everything of the run is kept. */
  public static RunPaths paths(Pipeline pipeline, RunId run) {
    return new RunPaths(pipeline.name(), pipeline.curated(), run);
  }

  /** What the Spark job is told. */
  public static JobDescription jobDescription(Pipeline pipeline, RunId run, int attempt) {
    RunPaths paths = paths(pipeline, run);
    return new JobDescription(
        contract.ContractJson.VERSION,
        pipeline.name(),
        run.value(),
        attempt,
        new JobDescription.Input(
            pipeline.input().format(),
            pipeline.input().header(),
            pipeline.input().delimiter(),
            pipeline.input().quote(),
            pipeline.input().escape(),
            pipeline.input().columns(),
            pipeline.input().mixedSchemas(),
            pipeline.input().forms()),
        pipeline.transform(),
        pipeline.checks(),
        new Output(
            paths.uri(paths.outputPrefix(attempt)),
            pipeline.curated().files(),
            pipeline.curated().targetFileBytes(),
            pipeline.curated().partitionBy()),
        new Rejected(paths.uri(paths.rejectedPrefix(attempt)), pipeline.input().maxRejectedRatio()),
        new Location(paths.uri(paths.resultKey(attempt))));
  }

  /** What EMR is asked for. */
  public static RunJobFlowRequest runJobFlow(
      Pipeline pipeline, Attempt attempt, Owner owner, String jobJarKey) {
    return ClusterRequest.of(
        attempt,
        owner,
        pipeline.name(),
        pipeline.cluster(),
        steps(pipeline, attempt.run(), attempt.number(), jobJarKey));
  }

  private static List<ClusterStep> steps(
      Pipeline pipeline, RunId run, int attempt, String jobJarKey) {
    RunPaths paths = paths(pipeline, run);
    if (pipeline.steps().areOwn()) {
      StepValues values = values(paths, attempt);
      return pipeline.steps().own().stream().map(step -> step.of(values)).toList();
    }
    return List.of(
        new SparkStep(
            paths.uri(jobJarKey),
            JobJar.MAIN_CLASS,
            paths.uri(paths.manifestKey()),
            paths.uri(paths.jobKey(attempt))));
  }

  /** What a user's own step is told. */
  private static StepValues values(RunPaths paths, int attempt) {
    return new StepValues(
        paths.uri(paths.manifestKey()),
        paths.uri(paths.outputPrefix(attempt)),
        paths.uri(paths.resultKey(attempt)),
        paths.pipeline(),
        paths.run().value(),
        attempt);
  }

  /** The load of what an attempt wrote. */
  public static Load load(Pipeline pipeline, Run run, int attempt, JobResult result) {
    return load(pipeline, pipeline.warehouse(), run, attempt, result);
  }

  /** The same with other settings of the table. */
  static Load load(
      Pipeline pipeline, WarehouseSettings settings, Run run, int attempt, JobResult result) {
    return new Load(
        pipeline.name(),
        settings,
        pipeline.curatedUri(),
        run.id(),
        run.createdAt(),
        result,
        paths(pipeline, run.id()).outputPath(attempt));
  }
}
