package routes;

import cluster.EmrApi;
import cluster.EmrGateway;
import cluster.EmrQuotas;
import cluster.ThrottledException;
import flow.Dependencies;
import flow.Dependencies.Dependency;
import flow.Dependencies.Probe;
import flow.Work;
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
  private final Work work;
  private final ServiceSettings settings;
  private final SnowflakeRefusals refusals;
  private final Clock clock;

  ProbeRoute(
      Pipelines pipelines,
      S3Client s3,
      EmrGateway emr,
      EmrQuotas quotas,
      Dependencies dependencies,
      Work work,
      ServiceSettings settings,
      SnowflakeRefusals refusals,
      Clock clock) {
    this.pipelines = pipelines;
    this.s3 = s3;
    this.emr = emr;
    this.quotas = quotas;
    this.dependencies = dependencies;
    this.work = work;
    this.settings = settings;
    this.refusals = refusals;
    this.clock = clock;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from(Endpoints.every("probe", settings.probe()))
        .routeId("probe-dependencies")
        .multicast()
        .parallelProcessing()
        .to("direct:probe-s3", "direct:probe-emr", "direct:probe-snowflake");
    from("direct:probe-s3")
        .routeId("probe-s3")
        .doTry()
        .process(exchange -> buckets())
        .process(exchange -> answered(Dependency.S3))
        .doCatch(Exception.class)
        .process(exchange -> failed(Dependency.S3, exchange))
        .end();
    from("direct:probe-emr")
        .routeId("probe-emr")
        .doTry()
        .process(exchange -> emr())
        .doCatch(Exception.class)
        .process(exchange -> failed(Dependency.EMR, exchange))
        .end();
    from("direct:probe-snowflake")
        .routeId("probe-snowflake")
        .doTry()
        .setBody(constant(PROBE))
        .to(Endpoints.SNOWFLAKE)
        .process(exchange -> answered(Dependency.SNOWFLAKE))
        .doCatch(Exception.class)
        .process(exchange -> failed(Dependency.SNOWFLAKE, exchange))
        .end();
  }

  /** A look at all clusters has proven it already; without a token nothing new is known. */
  private void emr() {
    if (work.look().begun().isAfter(clock.instant().minus(settings.probe()))) {
      answered(Dependency.EMR);
    } else if (quotas.take(EmrApi.LIST_CLUSTERS)) {
      try {
        emr.listActive(Optional.empty());
      } catch (ThrottledException e) {
        LOG.debugf("EMR answers: %s", e.getMessage());
      }
      answered(Dependency.EMR);
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

  private void answered(Dependency dependency) {
    boolean wasDown = dependencies.last(dependency).flatMap(Probe::trouble).isPresent();
    dependencies.probed(dependency, new Probe(clock.instant(), Optional.empty()));
    if (wasDown) {
      LOG.infof("%s answers again", dependency);
    }
  }

  private void failed(Dependency dependency, Exchange exchange) {
    Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    Exception told = cause instanceof SQLException refusal ? refusals.told(refusal, PROBE) : cause;
    String trouble = String.valueOf(told.getMessage());
    boolean wasUp = dependencies.last(dependency).flatMap(Probe::trouble).isEmpty();
    dependencies.probed(dependency, new Probe(clock.instant(), Optional.of(trouble)));
    if (wasUp) {
      LOG.warnf("%s does not answer: %s", dependency, trouble);
    }
  }
}
