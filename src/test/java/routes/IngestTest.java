package routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import pipeline.Pipelines;
import run.Failure;
import run.FailureKind;
import run.OpenRun;
import run.Run;
import run.RunId;
import run.RunState;
import run.StepStatus;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import store.Fetches;
import store.LandedObjects;
import store.RunStore;
import testing.Api;
import testing.Awaiting;
import testing.IngestSource;
import testing.LocalCloud;

/** Runs that are started and fetch their object themselves; the whole service and the stand-ins. */
@QuarkusTest
@QuarkusTestResource(value = LocalCloud.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = IngestSource.class, restrictToAnnotatedClass = true)
class IngestTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TestHTTPResource("/")
  URI service;

  @Inject RunStore runs;
  @Inject LandedObjects objects;
  @Inject Fetches fetches;
  @Inject Pipelines pipelines;
  @Inject S3Client s3;

  @Inject
  @Named("warehouse")
  DataSource warehouse;

  @Test
  void a_started_run_ingests_on_its_cluster_and_a_missing_source_fails_with_the_step_s_message()
      throws IOException, InterruptedException, SQLException {
    RunId started = start("iris-dag");
    RunId away = start("away");
    OpenRun good = ended(started);
    OpenRun bad = ended(away);

    assertThat(good.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(steps(good)).containsExactly("ingest COMPLETED", "transform COMPLETED");
    assertThat(flowers("IRIS_DAG")).isEqualTo(150);
    assertThat(objects.of(good.run().id()))
        .singleElement()
        .satisfies(
            object -> {
              assertThat(object.size()).isEqualTo(4_551);
              assertThat(object.uri())
                  .isEqualTo(
                      "s3://landing/iris-dag/_ingested/run=%s/attempt=1/iris.data"
                          .formatted(good.run().id()));
            });
    assertThat(new Api(service).get("api/runs/" + good.run().id()).body())
        .contains("_ingested", "\"bytes\":4551", "\"HAND\"");

    assertThat(bad.run().state()).isEqualTo(RunState.FAILED);
    assertThat(steps(bad)).first().isEqualTo("ingest FAILED");
    assertThat(bad.attempts()).hasSize(1);
    Failure failure = bad.run().outcome().orElseThrow().failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.USER_CODE);
    assertThat(failure.remedy()).contains("pipelines.away.ingest.url");
    Awaiting.until(
        "the step's log is read",
        PATIENCE,
        () -> run(bad.run().id()).attempts().get(0).rootCause().isPresent());
    assertThat(run(bad.run().id()).attempts().get(0).rootCause().orElseThrow())
        .anyMatch(line -> line.contains("404"));

    assertThat(runs.newest(10))
        .extracting(OpenRun::run)
        .extracting(Run::pipeline)
        .containsOnlyOnce("iris-dag", "away");
  }

  @Test
  void a_manifest_that_is_spoilt_after_the_ingestion_fails_the_run_at_once_and_is_named()
      throws IOException, InterruptedException {
    OpenRun spoilt = ended(start("spoilt"));

    assertThat(spoilt.attempts()).hasSize(1);
    Failure failure = spoilt.run().outcome().orElseThrow().failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.USER_CODE);
    assertThat(failure.message())
        .startsWith(
            "The file s3://curated/_work/spoilt/run=%s/attempt=1/manifest.json cannot be used. Cannot read the manifest: "
                .formatted(spoilt.run().id()));
    assertThat(failure.remedy()).startsWith("Only the step ingest may write that file");
  }

  @Test
  void what_the_service_fetches_itself_is_transformed_by_a_cluster_that_fetches_nothing()
      throws IOException, InterruptedException, SQLException {
    OpenRun good = ended(start("fetched"));

    assertThat(good.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(steps(good)).containsExactly("transform COMPLETED");
    assertThat(flowers("FETCHED")).isEqualTo(150);
    assertThat(objects.of(good.run().id()))
        .singleElement()
        .satisfies(
            object -> {
              assertThat(object.size()).isEqualTo(4_551);
              assertThat(object.uri())
                  .isEqualTo(
                      "s3://landing/fetched/_ingested/run=%s/iris.data".formatted(good.run().id()));
            });
    assertThat(new Api(service).get("api/runs/" + good.run().id()).body())
        .contains("\"bytes\":4551", "\"HAND\"");
    assertThat(fetches.find(good.run().id())).isEmpty();
  }

  @Test
  void a_source_that_has_nothing_for_the_service_costs_no_cluster()
      throws IOException, InterruptedException {
    OpenRun empty = ended(start("empty"));
    OpenRun missing = ended(start("missing"));

    assertThat(empty.run().state()).isEqualTo(RunState.NO_DATA);
    assertThat(empty.attempts()).isEmpty();
    assertThat(missing.run().state()).isEqualTo(RunState.FAILED);
    assertThat(missing.attempts()).isEmpty();
    Failure failure = missing.run().outcome().orElseThrow().failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.VALIDATION);
    assertThat(failure.message()).contains("/away.csv answered with status 404");
    assertThat(failure.remedy()).contains("pipelines.missing.ingest.url");
    assertThat(fetches.find(missing.run().id())).isEmpty();

    HttpResponse<String> again =
        new Api(service).post("api/runs/%s/retry".formatted(missing.run().id()));
    assertThat(again.statusCode()).isLessThan(300);
    assertThat(ended(missing.run().id()).run().state()).isEqualTo(RunState.FAILED);
  }

  @Test
  void a_run_that_is_cancelled_while_it_is_fetched_leaves_no_upload_behind()
      throws IOException, InterruptedException {
    RunId id = start("slow");
    Awaiting.until(
        "S3 has a part",
        PATIENCE,
        () -> fetches.find(id).flatMap(Fetches.Begun::upload).isPresent());
    assertThat(uploads()).anyMatch(key -> key.contains(id.value()));
    RunId ofItsOwn = start("slow");
    assertThat(ofItsOwn).isNotEqualTo(id);

    new Api(service).post("api/runs/%s/cancel".formatted(id));
    new Api(service).post("api/runs/%s/cancel".formatted(ofItsOwn));
    URI source = URI.create(pipelines.find("slow").orElseThrow().ingestUrl().orElseThrow());
    new Api(source.resolve("/")).get("go-on");

    assertThat(ended(id).run().state()).isEqualTo(RunState.CANCELLED);
    assertThat(uploads()).noneMatch(key -> key.contains(id.value()));
    assertThat(fetches.find(id)).isEmpty();
    assertThat(objects.of(id)).isEmpty();
  }

  private List<String> uploads() {
    return s3.listMultipartUploads(request -> request.bucket("landing")).uploads().stream()
        .map(MultipartUpload::key)
        .toList();
  }

  @Test
  void a_start_of_what_there_is_not_is_refused_in_words() throws IOException, InterruptedException {
    assertThat(new Api(service).post("api/pipelines/nobody/start").statusCode()).isEqualTo(404);
    HttpResponse<String> nothing = new Api(service).post("api/pipelines/iris/start");
    assertThat(nothing.statusCode()).isEqualTo(409);
    assertThat(nothing.body()).contains("Cannot start pipeline iris");
  }

  private RunId start(String pipeline) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        new Api(service).post("api/pipelines/%s/start".formatted(pipeline));
    assertThat(answer.statusCode()).isEqualTo(201);
    return new RunId(answer.body().replaceAll(".*(r-\\d{8}T\\d{6}-[0-9a-f]{6}).*", "$1"));
  }

  private OpenRun ended(RunId id) {
    Awaiting.until("run " + id + " has ended", PATIENCE, () -> run(id).run().state().isFinal());
    return run(id);
  }

  private OpenRun run(RunId id) {
    return runs.find(id).orElseThrow();
  }

  private static List<String> steps(OpenRun run) {
    return run.attempts().get(0).cluster().orElseThrow().steps().stream()
        .map((StepStatus step) -> step.name() + " " + step.state())
        .toList();
  }

  private long flowers(String table) throws SQLException {
    try (Connection connection = warehouse.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT SUM(FLOWERS) FROM S3_TO_SNOWFLAKE.PUBLIC." + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
