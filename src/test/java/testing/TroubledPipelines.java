package testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A pipeline for each trouble that a test makes, and a service that does not wait long. */
public class TroubledPipelines implements QuarkusTestProfile {

  private static final List<String> NAMES =
      List.of(
          "shortage",
          "lost",
          "hangs",
          "breaks",
          "boots",
          "plain",
          "narrow",
          "unfit",
          "refused",
          "forgotten");

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>();
    for (String name : NAMES) {
      settings.putAll(LandedNumbers.pipeline(name, "TROUBLED"));
      settings.put("pipelines.%s.batch.max-objects".formatted(name), "1");
    }
    settings.put("pipelines.shortage.cluster.start-deadline", "3s");
    settings.put("pipelines.shortage.cluster.ladder.2.primary-type", "m5.xlarge");
    settings.put(
        "pipelines.unfit.cluster.request", "src/test/resources/cluster/requests/unfit.json");
    settings.put("pipelines.unfit.cluster.ladder.2.primary-type", "m5.xlarge");
    settings.put("pipelines.narrow.cluster.max-at-once", "1");
    settings.put("pipelines.breaks.cluster.max-attempts", "1");
    settings.put("pipelines.boots.cluster.max-attempts", "1");
    settings.put("pipelines.refused.warehouse.give-up-after", "2s");
    settings.put("service.cluster-visibility", "3s");
    settings.put("sweeper.grace", "2s");
    settings.put("sweeper.every", "1s");
    settings.put("aws.emr.quota-share", "20");
    settings.put("aws.call-timeout", "5s");
    return settings;
  }
}
