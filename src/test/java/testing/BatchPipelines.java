package testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A pipeline for each way in which a batch closes, or in which an overwritten object is met. */
public class BatchPipelines implements QuarkusTestProfile {

  private static final List<String> NAMES =
      List.of(
          "hostile",
          "grouped",
          "marked",
          "changing",
          "vanishing",
          "ignoring",
          "failing",
          "other",
          "paused");

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>();
    for (String name : NAMES) {
      settings.putAll(LandedNumbers.pipeline(name, "BATCHES"));
    }
    settings.put("pipelines.hostile.batch.max-objects", "15");
    settings.put("pipelines.hostile.batch.max-wait", "1h");
    settings.put("pipelines.grouped.batch.group-by", "day=([0-9-]+)/|(?:a+)+$");
    settings.put("pipelines.grouped.batch.max-objects", "2");
    settings.put("pipelines.grouped.batch.max-wait", "1h");
    settings.put("pipelines.marked.batch.marker", "_SUCCESS");
    settings.remove("pipelines.marked.batch.max-wait");
    settings.put("pipelines.ignoring.landing.on-overwrite", "ignore");
    settings.put("pipelines.failing.landing.on-overwrite", "fail");
    return settings;
  }
}
