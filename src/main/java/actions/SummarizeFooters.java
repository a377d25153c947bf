package actions;

import contract.Column;
import contract.ContractJson;
import contract.JobResult;
import curated.RunPaths;
import curated.WrittenFiles;
import flow.Action;
import flow.RunRequests;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import pipeline.Pipeline;
import pipeline.Pipelines;
import staging.ObjectToPut;

/**
 * Builds a result from the footers of the Parquet that a user's own steps wrote, if they left no
 * result file. It is stored as the attempt's result file, so that every later read, even after a
 * restart, gives the same result.
 */
@ApplicationScoped
public class SummarizeFooters {

  private final Pipelines pipelines;
  private final WrittenFiles files;

  SummarizeFooters(Pipelines pipelines, WrittenFiles files) {
    this.pipelines = pipelines;
    this.files = files;
  }

  /** Whether the attempt's steps are the user's own and have all completed. */
  public boolean mayLackResult(Action.Judge action) {
    return pipelines.named(action.open().run().pipeline()).steps().areOwn()
        && action.attempt().cluster().orElseThrow().stepsCompleted();
  }

  /**
   * Builds the result from the footers.
   *
   * @throws flow.UnusableFileException if a file is no Parquet, or differs from the first one
   */
  public JobResult result(Action.Judge action) {
    Pipeline pipeline = pipelines.named(action.open().run().pipeline());
    Map<String, String> declared =
        pipeline.warehouse().columns().orElse(List.of()).stream()
            .collect(Collectors.toMap(Column::name, Column::type));
    return files.result(paths(action), action.attempt().number(), declared);
  }

  /** The result in the form of the job's own result file. */
  public ObjectToPut file(Action.Judge action, JobResult result) {
    RunPaths paths = paths(action);
    return new ObjectToPut(
        paths.settings().bucket(),
        paths.resultKey(action.attempt().number()),
        ContractJson.write(result).getBytes(StandardCharsets.UTF_8));
  }

  private RunPaths paths(Action.Judge action) {
    return RunRequests.paths(
        pipelines.named(action.open().run().pipeline()), action.open().run().id());
  }
}
