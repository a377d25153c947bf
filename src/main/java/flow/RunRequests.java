package flow;

import batch.LandedObject;
import cluster.request.ClusterRequest;
import cluster.request.ClusterStep;
import cluster.request.Owner;
import cluster.step.SparkStep;
import cluster.step.StepValues;
import contract.ColumnNames;
import contract.ContractJson;
import contract.JobDescription;
import contract.JobDescription.Location;
import contract.JobDescription.Output;
import contract.JobDescription.Rejected;
import contract.JobResult;
import contract.Manifest;
import curated.RunPaths;
import ingest.IngestSettings;
import ingest.IngestStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pipeline.Pipeline;
import run.Attempt;
import run.Run;
import run.RunId;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import staging.JobJar;
import warehouse.Load;
import warehouse.WarehouseSettings;

/** The requests for a run: a pure function of the pipeline, the run and the attempt. */
public final class RunRequests {

  private RunRequests() {}

  /** The places of the run's files. */
  public static RunPaths paths(Pipeline pipeline, RunId run) {
    return new RunPaths(pipeline.name(), pipeline.curated(), run);
  }

  /** The run's manifest: exactly these objects. */
  public static Manifest manifest(Run run, List<LandedObject> objects) {
    return new Manifest(
        ContractJson.VERSION,
        run.pipeline(),
        run.id().value(),
        objects.stream()
            .map(object -> new Manifest.Entry(object.uri(), object.etag(), object.size()))
            .toList());
  }

  /** The description for the Spark job. */
  public static JobDescription jobDescription(Pipeline pipeline, RunId run, int attempt) {
    RunPaths paths = paths(pipeline, run);
    return new JobDescription(
        ContractJson.VERSION,
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
            pipeline.input().infer(),
            pipeline.input().mixedSchemas(),
            pipeline.input().forms()),
        pipeline.transform(),
        pipeline.checks(),
        new Output(
            paths.uri(paths.outputPrefix(attempt)),
            pipeline.curated().files(),
            pipeline.curated().targetFileBytes(),
            pipeline.curated().partitionBy(),
            columnNames(pipeline.warehouse())),
        new Rejected(paths.uri(paths.rejectedPrefix(attempt)), pipeline.input().maxRejectedRatio()),
        new Location(paths.uri(paths.resultKey(attempt))));
  }

  /** With the user's own statements the names of the table's columns are unknown. */
  private static Optional<ColumnNames> columnNames(WarehouseSettings warehouse) {
    return warehouse.sql().isEmpty()
        ? Optional.of(warehouse.columnNames().rules())
        : Optional.empty();
  }

  /** The request for the attempt's cluster. */
  public static RunJobFlowRequest runJobFlow(
      Pipeline pipeline, Run run, Attempt attempt, Owner owner, StagedKeys staged) {
    return ClusterRequest.of(
        attempt, owner, pipeline.name(), pipeline.cluster(), steps(pipeline, run, attempt, staged));
  }

  private static List<ClusterStep> steps(
      Pipeline pipeline, Run run, Attempt attempt, StagedKeys staged) {
    List<ClusterStep> steps = new ArrayList<>();
    if (run.ingestsOnItsCluster()) {
      steps.add(ingestStep(pipeline, attempt, staged));
    }
    RunPaths paths = paths(pipeline, attempt.run());
    String manifest =
        run.ingestsOnItsCluster() ? paths.manifestKey(attempt.number()) : paths.manifestKey();
    if (pipeline.steps().areOwn()) {
      StepValues values = values(paths, manifest, attempt.number());
      pipeline.steps().own().forEach(step -> steps.add(step.of(values)));
    } else {
      steps.add(sparkStep(pipeline, attempt, staged, manifest));
    }
    return steps;
  }

  /** The values of the placeholders for a user's own step. */
  private static StepValues values(RunPaths paths, String manifestKey, int attempt) {
    return new StepValues(
        paths.uri(manifestKey),
        paths.uri(paths.outputPrefix(attempt)),
        paths.uri(paths.resultKey(attempt)),
        paths.pipeline(),
        paths.run().value(),
        attempt);
  }

  private static ClusterStep sparkStep(
      Pipeline pipeline, Attempt attempt, StagedKeys staged, String manifestKey) {
    RunPaths paths = paths(pipeline, attempt.run());
    return new SparkStep(
        paths.uri(staged.jobJarKey()),
        JobJar.MAIN_CLASS,
        paths.uri(manifestKey),
        paths.uri(paths.jobKey(attempt.number())));
  }

  private static ClusterStep ingestStep(Pipeline pipeline, Attempt attempt, StagedKeys staged) {
    RunPaths paths = paths(pipeline, attempt.run());
    IngestSettings ingest =
        pipeline
            .ingest()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "pipelines.%s.ingest.url is not set any more".formatted(pipeline.name())));
    String key = pipeline.landing().ingestedKey(attempt.run(), attempt.number(), ingest.name());
    return new IngestStep(
        staged.region(),
        paths.uri(staged.ingestScriptKey()),
        new IngestStep.Source(ingest.url(), ingest.maxBytes()),
        "s3://%s/%s".formatted(pipeline.landing().bucket(), key),
        paths.uri(paths.manifestKey(attempt.number())),
        pipeline.name(),
        attempt.run().value());
  }

  /** The load of an attempt's output. */
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
        run.origin().createdAt(),
        result,
        paths(pipeline, run.id()).outputPath(attempt));
  }
}
