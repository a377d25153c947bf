package api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import testing.AbsentCloud;

/** The service without S3, EMR and Snowflake, one application for all tests of the API. */
public class ApiProfile implements QuarkusTestProfile {

  /** How many streams of events may be open. */
  static final int WATCHERS = 3;

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("service.max-watchers", "" + WATCHERS);
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(AbsentCloud.class));
  }
}
