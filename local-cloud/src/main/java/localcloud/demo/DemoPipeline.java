package localcloud.demo;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The pipelines that the demo can show. */
enum DemoPipeline {
  /** A file lands, and is found by the listing. */
  IRIS("iris", "IRIS_DATASET"),
  /** Somebody starts the run, and its cluster fetches the file. */
  IRIS_DAG("iris-dag", "IRIS_DAG");

  private final String configured;
  private final String table;

  DemoPipeline(String configured, String table) {
    this.configured = configured;
    this.table = table;
  }

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException names those that there are
   */
  static DemoPipeline named(String name) {
    return Arrays.stream(values())
        .filter(pipeline -> pipeline.configured.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no pipeline %s; take one of %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(DemoPipeline::configured)
                                .collect(Collectors.joining(", ")))));
  }

  /** Its name in the service's configuration. */
  String configured() {
    return configured;
  }

  /** Its table's whole name. */
  String table() {
    return "S3_TO_SNOWFLAKE.PUBLIC." + table;
  }
}
