package routes;

import cluster.emr.EmrApi;
import cluster.emr.EmrGateway;
import cluster.emr.EmrQuotas;
import cluster.emr.ThrottledException;
import inflight.Dependencies;
import inflight.Dependencies.Dependency;
import inflight.Probes;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.Pipelines;
import pipeline.ServiceSettings;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Asks S3, EMR and Snowflake now and then whether they answer, so that a health probe need not. */
@ApplicationScoped
public class ProbeRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(ProbeRoute.class);
  private static final String PROBE = "SELECT 1";

  private final Pipelines pipelines;
  private final S3Client s3;
  private final EmrGateway emr;
  private final EmrQuotas quotas;
  private final Dependencies dependencies;
  private final Probes probes;
  private final ServiceSettings settings;
  private final SnowflakeRefusals refusals;
  private final Clock clock;

  ProbeRoute(
      Pipelines pipelines,
      S3Client s3,
      EmrGateway emr,
      EmrQuotas quotas,
      Dependencies dependencies,
      Probes probes,
      ServiceSettings settings,
      SnowflakeRefusals refusals,
      Clock clock) {
    this.pipelines = pipelines;
    this.s3 = s3;
    this.emr = emr;
    this.quotas = quotas;
    this.dependencies = dependencies;
    this.probes = probes;
    this.settings = settings;
    this.refusals = refusals;
    this.clock = clock;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    // Each in its own time: one that does not answer must not make the others' probes late.
    from(Endpoints.everyUri("probe-s3", settings.probe()))
        .routeId("probe-s3")
        .doTry()
        .process(exchange -> probes.asks(Dependency.S3))
        .process(exchange -> buckets())
        .process(exchange -> probes.answered(Dependency.S3))
        .doCatch(Exception.class)
        .process(exchange -> failed(Dependency.S3, exchange))
        .end();
    from(Endpoints.everyUri("probe-emr", settings.probe()))
        .routeId("probe-emr")
        .doTry()
        .process(exchange -> emr())
        .doCatch(Exception.class)
        .process(exchange -> failed(Dependency.EMR, exchange))
        .end();
    from(Endpoints.everyUri("probe-snowflake", settings.probe()))
        .routeId("probe-snowflake")
        .doTry()
        .process(exchange -> probes.asks(Dependency.SNOWFLAKE))
        .setBody(constant(PROBE))
        .to(Endpoints.SNOWFLAKE)
        .process(exchange -> probes.answered(Dependency.SNOWFLAKE))
        .doCatch(Exception.class)
        .process(exchange -> failed(Dependency.SNOWFLAKE, exchange))
        .end();
  }

  /** Every poll of the clusters is a probe too, whatever it comes to; it uses up the same quota. */
  private void emr() {
    boolean isPolled =
        dependencies
            .last(Dependency.EMR, settings.probe(), clock.instant())
            .filter(probe -> probe.at().isAfter(clock.instant().minus(settings.probe())))
            .isPresent();
    if (!isPolled && quotas.take(EmrApi.LIST_CLUSTERS)) {
      probes.asks(Dependency.EMR);
      try {
        emr.listActive(Optional.empty());
      } catch (ThrottledException e) {
        LOG.debugf("EMR answers: %s", e.getMessage());
      }
      probes.answered(Dependency.EMR);
    }
  }

  /** Asks for each bucket once, and names all that S3 refuses. */
  private void buckets() {
    List<String> refused = new ArrayList<>();
    pipelines.all().stream()
        .flatMap(pipeline -> Stream.of(pipeline.landing().bucket(), pipeline.curated().bucket()))
        .distinct()
        .forEach(
            bucket -> {
              try {
                s3.headBucket(request -> request.bucket(bucket));
              } catch (S3Exception e) {
                refused.add(e.getMessage());
              }
            });
    if (!refused.isEmpty()) {
      throw new IllegalStateException(String.join("; ", refused));
    }
  }

  private void failed(Dependency dependency, Exchange exchange) {
    Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    Exception told = cause instanceof SQLException refusal ? refusals.told(refusal, PROBE) : cause;
    probes.failed(dependency, String.valueOf(told.getMessage()));
  }
}
