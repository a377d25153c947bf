package routes;

import static org.assertj.core.api.Assertions.assertThat;

import aws.AwsSettings;
import aws.AwsSettings.LandingQueue;
import batch.LandedObject;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import landing.LandingCounts;
import landing.LandingCounts.Came;
import landing.LandingListing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pipeline.Pipelines;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import store.LandedObjects;
import testing.Awaiting;
import testing.LocalCloud;
import testing.Records;

/** S3's events of landed objects through a queue, while the listing does nothing. */
@QuarkusTest
@QuarkusTestResource(
    value = LocalCloud.class,
    restrictToAnnotatedClass = true,
    initArgs = @ResourceArg(name = "s3-events", value = "yes"))
class LandingEventsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String EVENT =
      "{\"Records\": [{\"eventSource\": \"aws:s3\", \"eventName\": \"%s\", \"s3\": {\"bucket\": {\"name\": \"%s\"}, \"object\": {\"key\": \"%s\", \"eTag\": \"%s\", \"size\": 1}}}]}";
  private static final String CREATED = "ObjectCreated:Put";

  @Inject AwsSettings settings;
  @Inject Pipelines pipelines;
  @Inject LandingListing listing;
  @Inject LandedObjects objects;
  @Inject LandingCounts counts;
  @Inject S3Client s3;
  @Inject SqsClient sqs;

  @Inject
  @DataSource("runs")
  AgroalDataSource store;

  @BeforeEach
  void comeAgainSoon() {
    sqs.setQueueAttributes(
        request ->
            request
                .queueUrl(queue().url().toString())
                .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "2")));
  }

  @Test
  void whatever_its_key_a_landed_object_is_a_row_as_the_listing_finds_it() {
    List<String> keys =
        List.of(
            "iris/hostile/with space+plus.csv",
            "iris/hostile/100%25.csv",
            "iris/hostile/100%.csv",
            "iris/hostile/quotes'\".csv",
            "iris/hostile/year=2026&x?.csv",
            "iris/hostile/grüße/🌸.csv");
    keys.forEach(key -> put(key, key));

    Awaiting.until("all are rows", PATIENCE, () -> rows("iris/hostile/").count() == keys.size());

    List<String> listed =
        listing
            .all("iris", pipelines.find("iris").orElseThrow().landing())
            .filter(object -> object.key().startsWith("iris/hostile/"))
            .map(LandingEventsTest::words)
            .toList();
    assertThat(rows("iris/hostile/").map(LandingEventsTest::words))
        .containsExactlyInAnyOrderElementsOf(listed);
    Awaiting.until("all events are deleted", PATIENCE, this::queueIsEmpty);
  }

  @Test
  void every_form_of_an_event_and_every_repetition_is_the_same_object() {
    String etag = put("iris/forms.csv", "1").replace("\"", "");
    Awaiting.until("it is a row", PATIENCE, () -> rows("iris/forms").count() == 1);
    long before = counts.of(Came.NOTHING_NEW);

    String event = EVENT.formatted(CREATED, "landing", "iris/forms.csv", etag);
    send(event);
    send(
        "{\"Type\": \"Notification\", \"Message\": \"%s\"}".formatted(event.replace("\"", "\\\"")));
    send(
        "{\"source\": \"aws.s3\", \"detail-type\": \"Object Created\", \"detail\": {\"bucket\": {\"name\": \"landing\"}, \"object\": {\"key\": \"iris/forms.csv\", \"etag\": \"%s\"}}}"
            .formatted(etag));

    // The object's own event is one of these too where the listing was quicker.
    Awaiting.until("all were taken", PATIENCE, () -> counts.of(Came.NOTHING_NEW) >= before + 3);
    Awaiting.until("all were deleted", PATIENCE, this::queueIsEmpty);
    assertThat(rows("iris/forms")).hasSize(1);
  }

  @Test
  void an_event_of_an_older_version_that_comes_late_changes_nothing() {
    String first = put("iris/versions.csv", "1").replace("\"", "");
    Awaiting.until("it is a row", PATIENCE, () -> rows("iris/versions").count() == 1);
    String second = put("iris/versions.csv", "22").replace("\"", "");
    Awaiting.until("the later one waits", PATIENCE, () -> hasEtag("iris/versions", second));
    long before = counts.of(Came.NOTHING_NEW);

    send(EVENT.formatted(CREATED, "landing", "iris/versions.csv", first));

    Awaiting.until("it was taken", PATIENCE, () -> counts.of(Came.NOTHING_NEW) > before);
    assertThat(rows("iris/versions")).extracting(LandedObject::etag).containsExactly(second);
  }

  @Test
  void what_is_no_landed_object_of_a_pipeline_is_dropped() {
    long elsewhere = counts.of(Came.ELSEWHERE);
    long others = counts.of(Came.OTHER);
    long nothingNew = counts.of(Came.NOTHING_NEW);
    s3.putObject(r -> r.bucket("landing").key("other/x"), RequestBody.fromString("x"));
    s3.putObject(r -> r.bucket("landing").key("iris/dropped/"), RequestBody.empty());
    send(EVENT.formatted(CREATED, "curated", "iris/dropped", "e"));
    send(EVENT.formatted("ObjectRemoved:Delete", "landing", "iris/dropped", "e"));
    send("{\"Service\": \"Amazon S3\", \"Event\": \"s3:TestEvent\", \"Bucket\": \"landing\"}");
    send(EVENT.formatted(CREATED, "landing", "iris/dropped", "e"));

    Awaiting.until(
        "all of pipelines elsewhere", PATIENCE, () -> counts.of(Came.ELSEWHERE) == elsewhere + 3);
    Awaiting.until("all others", PATIENCE, () -> counts.of(Came.OTHER) == others + 2);
    Awaiting.until("what is gone", PATIENCE, () -> counts.of(Came.NOTHING_NEW) > nothingNew);
    Awaiting.until("all were deleted", PATIENCE, this::queueIsEmpty);
    assertThat(rows("iris/dropped")).isEmpty();
  }

  @Test
  void an_unknown_message_goes_to_the_dead_letters_with_the_reason() {
    send("hello");

    URI dead = queue().deadLetters().orElseThrow();
    List<Message> letters =
        sqs.receiveMessage(
                request ->
                    request
                        .queueUrl(dead.toString())
                        .waitTimeSeconds(20)
                        .messageAttributeNames("All"))
            .messages();
    assertThat(letters)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.body()).isEqualTo("hello");
              assertThat(letter.messageAttributes()).containsOnlyKeys("reason");
              assertThat(letter.messageAttributes().get("reason").stringValue())
                  .isEqualTo("It is not JSON");
            });
    Awaiting.until("it is not in its queue any more", PATIENCE, this::queueIsEmpty);
  }

  @Test
  void while_the_store_fails_its_message_stays_and_comes_again() throws SQLException {
    try (Records log = new Records()) {
      execute("ALTER TABLE landed_object RENAME TO hidden");
      try {
        put("iris/outage.csv", "x");
        Awaiting.until(
            "it was logged", PATIENCE, () -> log.count(EventsQueue.class, Level.WARNING) > 0);
        assertThat(queueIsEmpty()).isFalse();
      } finally {
        execute("ALTER TABLE hidden RENAME TO landed_object");
      }
      Awaiting.until("it is a row", PATIENCE, () -> rows("iris/outage").count() == 1);
      Awaiting.until("its event is deleted", PATIENCE, this::queueIsEmpty);
      Awaiting.until(
          "its end was logged", PATIENCE, () -> log.count(EventsQueue.class, Level.INFO) == 1);
      assertThat(log.count(EventsQueue.class, Level.WARNING)).isEqualTo(1);
      assertThat(log.thrown()).isEmpty();
    }
  }

  /** What the listing and an event must agree on. */
  private static String words(LandedObject object) {
    return "%s %s %d %s"
        .formatted(object.uri(), object.etag(), object.size(), object.lastModified());
  }

  private Stream<LandedObject> rows(String prefix) {
    return objects.waiting("iris", 1000).stream().filter(object -> object.key().startsWith(prefix));
  }

  private boolean hasEtag(String prefix, String etag) {
    return rows(prefix).map(LandedObject::etag).toList().equals(List.of(etag));
  }

  private LandingQueue queue() {
    return settings.landingEvents().orElseThrow();
  }

  private void send(String body) {
    sqs.sendMessage(request -> request.queueUrl(queue().url().toString()).messageBody(body));
  }

  private String put(String key, String body) {
    return s3.putObject(request -> request.bucket("landing").key(key), RequestBody.fromString(body))
        .eTag();
  }

  private boolean queueIsEmpty() {
    return sqs
        .getQueueAttributes(
            request ->
                request.queueUrl(queue().url().toString()).attributeNames(QueueAttributeName.ALL))
        .attributesAsStrings()
        .entrySet()
        .stream()
        .filter(attribute -> attribute.getKey().startsWith("ApproximateNumberOfMessages"))
        .allMatch(attribute -> attribute.getValue().equals("0"));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = store.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
