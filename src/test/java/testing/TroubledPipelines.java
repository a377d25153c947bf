package testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A pipeline for each trouble that a test makes, and a service that does not wait long. */
public class TroubledPipelines implements QuarkusTestProfile {

  private static final List<String> NAMES =
      List.of("shortage", "lost", "hangs", "breaks", "plain", "narrow", "refused");

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>();
    for (String name : NAMES) {
      String prefix = "pipelines." + name + ".";
      settings.put(prefix + "landing.bucket", "landing");
      settings.put(prefix + "landing.poll", "1s");
      settings.put(prefix + "batch.max-objects", "1");
      settings.put(prefix + "batch.max-wait", "0s");
      settings.put(prefix + "input.columns", "N bigint");
      settings.put(prefix + "curated.bucket", "curated");
      settings.put(prefix + "warehouse.database", "TROUBLED");
      settings.put(prefix + "warehouse.table", name);
      settings.put(prefix + "warehouse.manage", "everything");
    }
    settings.put("pipelines.shortage.cluster.start-deadline", "3s");
    settings.put("pipelines.shortage.cluster.ladder.2.primary-type", "m5.xlarge");
    settings.put("pipelines.narrow.cluster.max-at-once", "1");
    settings.put("pipelines.refused.warehouse.give-up-after", "2s");
    settings.put("service.cluster-visibility", "3s");
    settings.put("sweeper.grace", "2s");
    settings.put("sweeper.every", "1s");
    settings.put("aws.emr.quota-share", "20");
    settings.put("aws.call-timeout", "5s");
    return settings;
  }
}
