package actions;

import archive.Clearing;
import aws.ApiCalls;
import cluster.emr.EmrGateway;
import cluster.emr.EmrQuotas;
import curated.FilesOverS3;
import inflight.Dependencies;
import inflight.InFlight;
import java.time.Clock;
import pipeline.Pipelines;
import pipeline.ServiceSettings;
import software.amazon.awssdk.services.s3.S3Client;
import store.FileStore;

/**
 * The actions that the routes of the warehouse and of housekeeping call, over a store of the test's
 * choice.
 */
public final class OverStore {

  private final FileStore store;
  private final Pipelines pipelines;
  private final S3Client s3;
  private final Clock clock;

  /** Over the store, for those pipelines. */
  public OverStore(FileStore store, Pipelines pipelines, S3Client s3, Clock clock) {
    this.store = store;
    this.pipelines = pipelines;
    this.s3 = s3;
    this.clock = clock;
  }

  /** Loads. */
  public LoadTable loadTable() {
    return new LoadTable(pipelines, store.runs(), FilesOverS3.files(s3));
  }

  /** Discards. */
  public DiscardOutput discardOutput() {
    return new DiscardOutput(pipelines, store.runs(), FilesOverS3.files(s3), clock);
  }

  /** Retires. */
  public RetireOutput retireOutput() {
    return new RetireOutput(
        pipelines, store.retired(), store.runs(), FilesOverS3.files(s3), new InFlight(), clock);
  }

  /** Records what is sent. */
  public SendSql sendSql() {
    return new SendSql(
        store.statements(),
        new ApiCalls(),
        new SnowflakeRefusals(SendSqlTest.SETTINGS, clock),
        clock);
  }

  /** Clears what was loaded. */
  public ClearLanded clearLanded() {
    return new ClearLanded(pipelines, store.cleared(), new Clearing(s3), new InFlight(), clock);
  }

  /** Probes. */
  public ProbeDependencies probeDependencies(
      EmrGateway emr, EmrQuotas quotas, Dependencies dependencies, ServiceSettings settings) {
    return new ProbeDependencies(
        pipelines,
        s3,
        emr,
        quotas,
        dependencies,
        settings,
        new SnowflakeRefusals(SendSqlTest.SETTINGS, clock),
        clock);
  }
}
