package actions;

import cluster.emr.EmrApi;
import cluster.emr.EmrGateway;
import cluster.emr.EmrQuotas;
import cluster.emr.ThrottledException;
import inflight.Dependencies;
import inflight.Dependencies.Dependency;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import pipeline.Pipelines;
import pipeline.ServiceSettings;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Probes S3, EMR and Snowflake at intervals, so that a health check makes no call. */
@ApplicationScoped
public class ProbeDependencies {

  private static final Logger LOG = Logger.getLogger(ProbeDependencies.class);
  private static final String PROBE = "SELECT 1";

  private final Pipelines pipelines;
  private final S3Client s3;
  private final EmrGateway emr;
  private final EmrQuotas quotas;
  private final Dependencies dependencies;
  private final ServiceSettings settings;
  private final SnowflakeRefusals refusals;
  private final Clock clock;

  ProbeDependencies(
      Pipelines pipelines,
      S3Client s3,
      EmrGateway emr,
      EmrQuotas quotas,
      Dependencies dependencies,
      ServiceSettings settings,
      SnowflakeRefusals refusals,
      Clock clock) {
    this.pipelines = pipelines;
    this.s3 = s3;
    this.emr = emr;
    this.quotas = quotas;
    this.dependencies = dependencies;
    this.settings = settings;
    this.refusals = refusals;
    this.clock = clock;
  }

  /** The pause between two probes: {@code service.probe}. */
  public Duration pause() {
    return settings.probe();
  }

  /** Asks S3 for each bucket once; the reported problem names all that are refused. */
  public void probeS3() {
    dependencies.asks(Dependency.S3);
    try {
      List<String> refused = refusedBuckets();
      if (refused.isEmpty()) {
        dependencies.answered(Dependency.S3);
      } else {
        dependencies.failed(Dependency.S3, String.join("; ", refused));
      }
    } catch (RuntimeException e) {
      dependencies.failed(Dependency.S3, String.valueOf(e.getMessage()));
    }
  }

  private List<String> refusedBuckets() {
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
    return refused;
  }

  /**
   * Asks EMR for its active clusters, unless the poll has asked lately: every poll, successful or
   * not, is a probe too and uses the same quota.
   */
  public void probeEmr() {
    if (isPolled() || !quotas.take(EmrApi.LIST_CLUSTERS)) {
      return;
    }
    dependencies.asks(Dependency.EMR);
    try {
      emr.listActive(Optional.empty());
      dependencies.answered(Dependency.EMR);
    } catch (ThrottledException e) {
      LOG.debugf("EMR answers: %s", e.getMessage());
      dependencies.answered(Dependency.EMR);
    } catch (RuntimeException e) {
      dependencies.failed(Dependency.EMR, String.valueOf(e.getMessage()));
    }
  }

  private boolean isPolled() {
    Instant now = clock.instant();
    return dependencies
        .last(Dependency.EMR, settings.probe())
        .filter(probe -> probe.at().isAfter(now.minus(settings.probe())))
        .isPresent();
  }

  /** Begins a probe of Snowflake, and returns its statement. */
  public String askSnowflake() {
    dependencies.asks(Dependency.SNOWFLAKE);
    return PROBE;
  }

  /** Snowflake has answered. */
  public void snowflakeAnswered() {
    dependencies.answered(Dependency.SNOWFLAKE);
  }

  /** Snowflake, or the connection to it, has failed. */
  public void snowflakeFailed(Throwable cause) {
    Throwable told = cause instanceof SQLException refusal ? refusals.told(refusal, PROBE) : cause;
    dependencies.failed(Dependency.SNOWFLAKE, String.valueOf(told.getMessage()));
  }
}
