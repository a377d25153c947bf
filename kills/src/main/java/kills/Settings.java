package kills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The service's settings, which make it go fast, and a pipeline for each lane. */
final class Settings {

  /** The installation, with which all cluster names begin. */
  static final String INSTALLATION = "kills";

  /**
   * How long EMR does not list a new cluster. Longer than the service takes to start: one that was
   * killed at RunJobFlow looks for its cluster before there is anything to see.
   */
  static final Duration VISIBILITY = Duration.ofSeconds(6);

  private static final String SERVICE =
      """
      service.installation=kills
      service.cluster-poll=500ms
      service.step-poll=1s
      service.cluster-visibility=8s
      service.probe=1h
      aws.call-timeout=4s
      """;

  private static final String PIPELINE =
      """
      pipelines.%1$s.landing.bucket=%2$s
      pipelines.%1$s.landing.poll=1s
      pipelines.%1$s.batch.max-objects=1
      pipelines.%1$s.batch.max-wait=0s
      pipelines.%1$s.input.format=csv
      pipelines.%1$s.input.columns=SEPAL_LENGTH double, SEPAL_WIDTH double, PETAL_LENGTH double, PETAL_WIDTH double, CLASS_NAME string
      pipelines.%1$s.transform.sql=SELECT CLASS_NAME, COUNT(*) AS FLOWERS FROM landed GROUP BY CLASS_NAME
      pipelines.%1$s.curated.bucket=%3$s
      pipelines.%1$s.curated.files=1
      pipelines.%1$s.warehouse.database=%1$s
      pipelines.%1$s.warehouse.schema=%4$s
      pipelines.%1$s.warehouse.table=%5$s
      pipelines.%1$s.warehouse.manage=everything
      """;

  private Settings() {}

  /**
   * Writes them where the service finds them at its next start.
   *
   * @param folder its working directory
   * @param more lines that are of one lane only
   */
  static void write(Path folder, List<Lane> lanes, List<String> more) throws IOException {
    List<String> parts = new ArrayList<>(List.of(SERVICE));
    for (Lane lane : lanes) {
      parts.add(
          PIPELINE.formatted(
              lane.name(), lane.landingBucket(), lane.curatedBucket(), Lane.SCHEMA, Lane.TABLE));
    }
    parts.addAll(more);
    Path config = Files.createDirectories(folder.resolve("config"));
    Files.writeString(config.resolve("application.properties"), String.join("\n", parts));
  }
}
