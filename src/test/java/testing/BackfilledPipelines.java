package testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/** A pipeline for which nothing lands by itself, since everything is older than it wants. */
public class BackfilledPipelines implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(LandedNumbers.pipeline("history", "BACKFILLS"));
    settings.put("pipelines.history.landing.since", "2100-01-01T00:00:00Z");
    return settings;
  }
}
