package sparkjob.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * Where a result goes and whose it is, from a job description that may be wrong elsewhere: its
 * faults, too, are told in a result file.
 */
public record ResultTarget(Result.Of of, String uri) {

  /** The target; empty if the description does not give it away. */
  public static Optional<ResultTarget> of(String json) {
    try {
      JsonNode root = new ObjectMapper().readTree(json);
      String pipeline = root.path("pipeline").asText();
      String run = root.path("run").asText();
      int attempt = root.path("attempt").asInt();
      String uri = root.path("result").path("uri").asText();
      return pipeline.isEmpty() || run.isEmpty() || attempt < 1 || uri.isEmpty()
          ? Optional.empty()
          : Optional.of(new ResultTarget(new Result.Of(pipeline, run, attempt), uri));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
