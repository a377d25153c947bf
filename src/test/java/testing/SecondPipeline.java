package testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * Beside the iris pipeline another one of the same shape, which keeps its rows as they are, in a
 * folder for each class, and warns of red ones. What the iris table shows no more is deleted soon.
 */
public class SecondPipeline implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.ofEntries(
        Map.entry("pipelines.iris.curated.keep-for", "1s"),
        Map.entry("pipelines.flowers.landing.bucket", "landing"),
        Map.entry("pipelines.flowers.landing.poll", "1s"),
        Map.entry("pipelines.flowers.batch.max-objects", "1"),
        Map.entry("pipelines.flowers.batch.max-wait", "0s"),
        Map.entry("pipelines.flowers.input.columns", "\"petal length\" double, CLASS string"),
        Map.entry("pipelines.flowers.input.max-rejected-ratio", "0.4"),
        Map.entry("pipelines.flowers.transform.views", "flowers"),
        Map.entry("pipelines.flowers.transform.view.flowers.sql", "SELECT * FROM landed"),
        Map.entry("pipelines.flowers.transform.sql", "SELECT * FROM flowers"),
        Map.entry("pipelines.flowers.checks.red.sql-file", "s3://landing/sql/red flowers.sql"),
        Map.entry("pipelines.flowers.checks.red.severity", "warn"),
        Map.entry("pipelines.flowers.curated.bucket", "curated"),
        Map.entry("pipelines.flowers.curated.partition-by", "class"),
        Map.entry("pipelines.flowers.warehouse.database", "S3_TO_SNOWFLAKE"),
        Map.entry("pipelines.flowers.warehouse.table", "\"Flowers\""),
        Map.entry("pipelines.flowers.warehouse.manage", "everything"));
  }
}
