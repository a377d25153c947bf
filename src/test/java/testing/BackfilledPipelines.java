package testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A pipeline for which nothing lands by itself, since everything is older than it wants. */
public class BackfilledPipelines implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "pipelines.history.landing.bucket", "landing",
        "pipelines.history.landing.poll", "1s",
        "pipelines.history.landing.since", "2100-01-01T00:00:00Z",
        "pipelines.history.batch.max-wait", "0s",
        "pipelines.history.input.columns", "N bigint",
        "pipelines.history.curated.bucket", "curated",
        "pipelines.history.warehouse.database", "BACKFILLS",
        "pipelines.history.warehouse.table", "history",
        "pipelines.history.warehouse.manage", "everything");
  }
}
