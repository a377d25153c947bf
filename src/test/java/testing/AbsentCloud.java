package testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The service starts while the stand-ins are unreachable; the test starts them. */
public class AbsentCloud implements QuarkusTestResourceLifecycleManager {

  private final LocalCloud cloud = new LocalCloud();

  @Override
  public void init(Map<String, String> arguments) {
    cloud.init(arguments);
  }

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = cloud.settings();
    settings.put("service.probe", "1s");
    return settings;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(AbsentCloud.class));
  }

  /** From now on S3, EMR and Snowflake answer. */
  public void turnOn() {
    cloud.turnOn();
  }

  @Override
  public void stop() {
    cloud.stop();
  }
}
