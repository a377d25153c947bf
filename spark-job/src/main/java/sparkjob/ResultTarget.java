package sparkjob;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import contract.ContractJson;
import contract.JobResult;
import java.util.List;
import java.util.Optional;
import sparkjob.failure.JobFailure;

/**
 * Where a result goes and which attempt it belongs to, from a job description that may be wrong
 * elsewhere: its mistakes are reported in a result file too.
 */
record ResultTarget(String pipeline, String run, int attempt, String uri) {

  /** The target; empty if the description does not contain it. */
  static Optional<ResultTarget> of(String json) {
    try {
      JsonNode root = new ObjectMapper().readTree(json);
      ResultTarget target =
          new ResultTarget(
              root.path("pipeline").asText(),
              root.path("run").asText(),
              root.path("attempt").asInt(),
              root.path("result").path("uri").asText());
      return Optional.of(target).filter(ResultTarget::isWhole);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private boolean isWhole() {
    return !pipeline.isEmpty() && !run.isEmpty() && attempt >= 1 && !uri.isEmpty();
  }

  /** The result of an attempt that failed before it read anything. */
  JobResult failed(JobFailure failure) {
    return new JobResult(
        ContractJson.VERSION,
        pipeline,
        run,
        attempt,
        JobResult.Status.FAILED,
        Optional.of(failure.told()),
        new JobResult.Rows(0, 0, 0),
        List.of(),
        List.of(),
        List.of(),
        JobResult.Details.NONE);
  }

  /** The attempt of the result. */
  @Override
  public String toString() {
    return pipeline + " " + run + " attempt " + attempt;
  }
}
