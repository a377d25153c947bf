package cluster.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of the placeholders of a user's own step in one attempt.
 *
 * @param manifest the manifest's URI
 * @param output the attempt's own output prefix as a URI, ends with a slash
 * @param result the URI where the step may write a result file
 * @param pipeline the pipeline's name
 * @param run the run's id
 * @param attempt the attempt's number
 */
public record StepValues(
    String manifest, String output, String result, String pipeline, String run, int attempt) {

  /** The placeholders' names, in the order of messages. */
  static final List<String> NAMES =
      List.copyOf(new StepValues("", "", "", "", "", 0).byName().keySet());

  Map<String, String> byName() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("manifest", manifest);
    values.put("output", output);
    values.put("result", result);
    values.put("pipeline", pipeline);
    values.put("run", run);
    values.put("attempt", Integer.toString(attempt));
    return values;
  }
}
