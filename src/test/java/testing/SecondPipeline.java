package testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * Beside the iris pipeline another one of the same shape, which keeps its rows as they are, in a
 * folder for each class.
 */
public class SecondPipeline implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "pipelines.flowers.landing.bucket", "landing",
        "pipelines.flowers.landing.poll", "1s",
        "pipelines.flowers.batch.max-objects", "1",
        "pipelines.flowers.batch.max-wait", "0s",
        "pipelines.flowers.input.columns", "\"petal length\" double, CLASS string",
        "pipelines.flowers.curated.bucket", "curated",
        "pipelines.flowers.curated.partition-by", "class",
        "pipelines.flowers.warehouse.database", "S3_TO_SNOWFLAKE",
        "pipelines.flowers.warehouse.table", "\"Flowers\"",
        "pipelines.flowers.warehouse.manage", "everything");
  }
}
