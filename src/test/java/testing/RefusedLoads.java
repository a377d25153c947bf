package testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pipeline for each load that Snowflake refuses in a test, and a service with a short give-up
 * time.
 */
public class RefusedLoads implements QuarkusTestProfile {

  private static final List<String> NAMES =
      List.of("unproven", "unregistered", "foreign", "raced", "invaded");

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>();
    for (String name : NAMES) {
      settings.putAll(LandedNumbers.pipeline(name, "REFUSED"));
    }
    settings.put("pipelines.unproven.warehouse.give-up-after", "2s");
    return settings;
  }
}
