package routes;

import actions.ClearLanded;
import actions.ProbeDependencies;
import actions.RetireOutput;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import pipeline.Pipeline;

/**
 * Housekeeping, in the background: archives or deletes loaded objects, deletes old curated files,
 * and probes the outside services.
 */
@ApplicationScoped
public class HousekeepingRoutes extends Endpoints {

  private final ClearLanded clearLanded;
  private final RetireOutput retireOutput;
  private final ProbeDependencies probe;

  HousekeepingRoutes(ClearLanded clearLanded, RetireOutput retireOutput, ProbeDependencies probe) {
    this.clearLanded = clearLanded;
    this.retireOutput = retireOutput;
    this.probe = probe;
  }

  @Override
  public void configure() {
    clear();
    retire();
    probes();
  }

  /** A few objects of each pipeline at a time, in a pool of their own. */
  private void clear() {
    from(every("clear-landing", Duration.ofSeconds(1)))
        .routeId("clear-landing")
        .routeConfigurationId(ErrorHandling.AGAIN_LATER)
        .setBody(exchange -> clearLanded.due())
        .split(body())
        .to(toPool("clear-pipeline"));

    from(pool("clear-pipeline", 2))
        .routeId("clear-pipeline")
        .routeConfigurationId(ErrorHandling.AGAIN_LATER)
        .process()
        .body(Pipeline.class, clearLanded::clear);
  }

  /** {@link WarehouseRoutes} asks the table before it deletes a file. */
  private void retire() {
    from(every("retire-outputs", retireOutput.pause()))
        .routeId("retire-outputs")
        .routeConfigurationId(ErrorHandling.AGAIN_LATER)
        .setBody(exchange -> retireOutput.due())
        .split(body())
        .to(direct("retire-output"));
  }

  /**
   * Each probe has its own schedule: a service that does not answer must not delay the others'
   * probes.
   */
  private void probes() {
    from(every("probe-s3", probe.pause()))
        .routeId("probe-s3")
        .routeConfigurationId(ErrorHandling.AGAIN_LATER)
        .process(exchange -> probe.probeS3());

    from(every("probe-emr", probe.pause()))
        .routeId("probe-emr")
        .routeConfigurationId(ErrorHandling.AGAIN_LATER)
        .process(exchange -> probe.probeEmr());

    from(every("probe-snowflake", probe.pause()))
        .routeId("probe-snowflake")
        .routeConfigurationId(ErrorHandling.AGAIN_LATER)
        .setBody(exchange -> probe.askSnowflake())
        .doTry()
        .to(snowflake())
        .process(exchange -> probe.snowflakeAnswered())
        .doCatch(Exception.class)
        .process(exchange -> probe.snowflakeFailed(cause(exchange)))
        .end();
  }
}
