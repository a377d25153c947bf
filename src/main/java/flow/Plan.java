package flow;

import batch.Fetcher;
import cluster.request.ClusterRequest;
import cluster.request.Owner;
import cluster.request.RequestJson;
import contract.Column;
import contract.ContractJson;
import contract.JobDescription;
import contract.JobResult;
import contract.Manifest;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import pipeline.Pipeline;
import run.Attempt;
import run.Run;
import run.RunId;
import run.Start;

/**
 * What would be sent for a run.
 *
 * @param runJobFlow the request to EMR, with the API's own names
 * @param furtherRungs the requests of the capacity ladder's further rungs, with the same names
 * @param manifest what the job would read; its objects are those of the run
 * @param jobDescription the description for the Spark job; a user's own steps get none
 * @param sql what Snowflake would be sent if nothing exists yet
 * @param columns where the table's columns come from
 */
@RegisterForReflection
public record Plan(
    Map<String, Object> runJobFlow,
    List<Map<String, Object>> furtherRungs,
    Manifest manifest,
    Optional<JobDescription> jobDescription,
    List<String> sql,
    String columns) {

  /** A placeholder for the id of the run store, which only the store knows. */
  private static final String A_STORE = "id-of-the-run-store";

  /**
   * The plan of a run that would be created at that time.
   *
   * @param staged the keys of the files that would be staged
   */
  public static Plan of(Pipeline pipeline, String installation, StagedKeys staged, Instant now) {
    RunId run = RunId.create(now, 0);
    Run planned =
        pipeline.ingestBy().filter(Fetcher.CLUSTER::equals).isPresent()
            ? Run.started(run, pipeline.name(), Fetcher.CLUSTER, now, Start.byHand())
            : Run.collected(run, pipeline.name(), now, 0, 0);
    List<Map<String, Object>> rungs =
        IntStream.range(0, pipeline.cluster().rungs().size())
            .mapToObj(rung -> attempt(pipeline, installation, run, rung, now))
            .map(
                attempt ->
                    RequestJson.of(
                        RunRequests.runJobFlow(
                            pipeline, planned, attempt, new Owner(installation, A_STORE), staged)))
            .toList();
    boolean known =
        !pipeline.steps().areOwn()
            && pipeline.transform().isEmpty()
            && pipeline.input().columns().isPresent();
    List<Column> columns =
        pipeline
            .warehouse()
            .columns()
            .orElseGet(
                () ->
                    known
                        ? pipeline.input().columns().get()
                        : unknown(pipeline.curated().partitionBy()));
    return new Plan(
        rungs.get(0),
        rungs.subList(1, rungs.size()),
        new Manifest(ContractJson.VERSION, pipeline.name(), run.value(), List.of()),
        Optional.of(pipeline)
            .filter(own -> !own.steps().areOwn())
            .map(own -> RunRequests.jobDescription(own, run, 1)),
        RunRequests.load(
                pipeline,
                pipeline.warehouse().made(),
                planned,
                1,
                result(run, columns, partitionBy(pipeline, columns)))
            .played(),
        origin(pipeline, known));
  }

  private static String origin(Pipeline pipeline, boolean known) {
    if (pipeline.warehouse().columns().isPresent()) {
      return "as declared in warehouse.columns";
    }
    return known
        ? "as declared in input.columns"
        : pipeline.steps().areOwn()
            ? "a result file of your steps defines them, or the footers of their Parquet files; COLUMNS_OF_THE_JOB_RESULT stands for them"
            : "the job's result defines them; COLUMNS_OF_THE_JOB_RESULT stands for them";
  }

  /** Of a result's columns only those by which it is partitioned are known, without their types. */
  private static List<Column> unknown(List<String> partitionBy) {
    return Stream.concat(Stream.of("COLUMNS_OF_THE_JOB_RESULT"), partitionBy.stream())
        .map(name -> new Column(name, "string"))
        .toList();
  }

  /** The columns by which the job would partition, in the configured spelling. */
  private static List<String> partitionBy(Pipeline pipeline, List<Column> columns) {
    return pipeline.curated().partitionBy().stream()
        .flatMap(name -> columns.stream().map(Column::name).filter(name::equalsIgnoreCase).limit(1))
        .toList();
  }

  /** The result of a job that wrote one file without rows. */
  private static JobResult result(RunId run, List<Column> columns, List<String> partitionBy) {
    return new JobResult(
        ContractJson.VERSION,
        "",
        run.value(),
        1,
        JobResult.Status.SUCCEEDED,
        Optional.empty(),
        new JobResult.Rows(0, 0, 0),
        columns,
        partitionBy,
        List.of(new JobResult.CuratedFile("a.parquet", 0, 0)),
        JobResult.Details.NONE);
  }

  /** The first attempt takes the first rung, the second one the second. */
  private static Attempt attempt(
      Pipeline pipeline, String installation, RunId run, int rung, Instant now) {
    return Attempt.intended(
        new Attempt.Intent(
            run,
            rung + 1,
            rung,
            ClusterRequest.name(installation, pipeline.name(), run, rung + 1),
            pipeline.cluster().logUri(),
            now,
            now.plus(pipeline.cluster().maxAge())));
  }
}
