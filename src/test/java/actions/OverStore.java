package actions;

import aws.ApiCalls;
import curated.FilesOverS3;
import inflight.InFlight;
import java.time.Clock;
import pipeline.Pipelines;
import software.amazon.awssdk.services.s3.S3Client;
import store.FileStore;

/** The actions that the routes of the warehouse call, over a store of the test's choice. */
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

  /** Writes down what is sent. */
  public SendSql sendSql() {
    return new SendSql(
        store.statements(),
        new ApiCalls(),
        new SnowflakeRefusals(SendSqlTest.SETTINGS, clock),
        clock);
  }
}
