package landing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import landing.LandingMessage.Created;
import landing.LandingMessage.Other;
import landing.LandingMessage.Place;
import landing.LandingMessage.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.Resource;

class LandingMessageTest {

  private static final String S3 = Resource.text("landing/event-s3.json");
  private static final String EVENT_BRIDGE = Resource.text("landing/event-eventbridge.json");
  private static final String TEST = Resource.text("landing/event-test.json");
  private static final String KEY = "iris/iris.csv";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Stream<String> hostileKeys() {
    return Stream.of(
        "with space.csv",
        "a+b c.csv",
        "100%25.csv",
        "100%.csv",
        "quotes'\".csv",
        "back\\slash",
        "new\nline\r\ttab",
        "grüße/🌸.csv",
        "../../etc/passwd",
        "/leading",
        "//",
        "a=b&c?d#e",
        "x".repeat(1024),
        "é".repeat(512));
  }

  @Test
  void the_documented_forms_name_their_object() {
    assertThat(LandingMessage.read(S3)).isEqualTo(created(KEY));
    assertThat(LandingMessage.read(EVENT_BRIDGE)).isEqualTo(created(KEY));
    assertThat(LandingMessage.read(ofSns(S3))).isEqualTo(created(KEY));
    assertThat(LandingMessage.read(ofSns(EVENT_BRIDGE))).isEqualTo(created(KEY));
  }

  @ParameterizedTest
  @MethodSource("hostileKeys")
  void keys_come_out_of_s3s_form_as_they_are(String key) {
    String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");

    assertThat(LandingMessage.read(S3.replace(KEY, encoded))).isEqualTo(created(key));
    assertThat(LandingMessage.read(ofSns(S3.replace(KEY, encoded)))).isEqualTo(created(key));
  }

  @ParameterizedTest
  @MethodSource("hostileKeys")
  void keys_of_eventbridge_are_not_encoded(String key) throws Exception {
    String message = EVENT_BRIDGE.replace('"' + KEY + '"', JSON.writeValueAsString(key));

    assertThat(LandingMessage.read(message)).isEqualTo(created(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Put", "Post", "Copy", "CompleteMultipartUpload", "OfTomorrow"})
  void whatever_creates_an_object_counts(String how) {
    assertThat(LandingMessage.read(S3.replace("ObjectCreated:Put", "ObjectCreated:" + how)))
        .isEqualTo(created(KEY));
  }

  @Test
  void versions_etags_and_sizes_need_not_be_there() {
    String bare =
        "{\"Records\": [{\"eventSource\": \"aws:s3\", \"eventName\": \"ObjectCreated:Put\", \"s3\": {\"bucket\": {\"name\": \"landing\"}, \"object\": {\"key\": \"iris/iris.csv\"}}}]}";

    assertThat(LandingMessage.read(bare)).isEqualTo(created(KEY));
    assertThat(LandingMessage.read(S3.replace("\"eTag\"", "\"versionId\": \"v1\", \"eTag\"")))
        .isEqualTo(created(KEY));
  }

  @Test
  void other_stores_names_of_the_same_event_are_read() {
    assertThat(
            LandingMessage.read(
                S3.replace("aws:s3", "minio:s3").replace("ObjectCreated", "s3:ObjectCreated")))
        .isEqualTo(created(KEY));
  }

  @Test
  void several_records_name_each_object_once() {
    String record = S3.substring(S3.indexOf('[') + 1, S3.lastIndexOf(']'));
    String removed = record.replace("ObjectCreated:Put", "ObjectRemoved:Delete");
    String records =
        String.join(",", record, record.replace(KEY, "b"), removed.replace(KEY, "c"), record);

    assertThat(LandingMessage.read("{\"Records\": [" + records + "]}"))
        .isEqualTo(new Created(List.of(new Place("landing", KEY), new Place("landing", "b"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ObjectRemoved:Delete",
        "ObjectRemoved:DeleteMarkerCreated",
        "ObjectRestore:Completed",
        "ObjectTagging:Put",
        "LifecycleExpiration:Delete",
        "ReducedRedundancyLostObject"
      })
  void another_event_of_s3_does_not_matter(String name) {
    assertThat(LandingMessage.read(S3.replace("ObjectCreated:Put", name)))
        .isEqualTo(new Other(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Object Deleted", "Object Restore Completed", "Object Tags Added"})
  void another_event_of_s3_by_eventbridge_does_not_matter(String type) {
    assertThat(LandingMessage.read(EVENT_BRIDGE.replace("Object Created", type)))
        .isEqualTo(new Other(type));
  }

  @Test
  void a_test_event_does_not_matter() {
    assertThat(LandingMessage.read(TEST)).isEqualTo(new Other("s3:TestEvent"));
    assertThat(LandingMessage.read(ofSns(TEST))).isEqualTo(new Other("s3:TestEvent"));
  }

  @ParameterizedTest
  @CsvSource({
    "iris/iris.csv, iris/100%, Its key is not URL-encoded as S3 encodes keys",
    "iris/iris.csv, iris/%FF, Its key is not URL-encoded as S3 encodes keys",
    "iris/iris.csv, iris/ü, Its key is not URL-encoded as S3 encodes keys",
    "iris/iris.csv, '', 'Its key is invalid: S3''s keys have 1 to 1,024 bytes of UTF-8'",
    "'\"key\"', '\"kee\"', It is an event of S3 that names no bucket or no key",
    "'\"name\"', '\"nome\"', It is an event of S3 that names no bucket or no key",
    "'\"iris/iris.csv\"', 17, It is an event of S3 that names no bucket or no key",
    "aws:s3, aws:ses, It has a record that is no event of S3",
    "eventName, eventNome, It has a record that is no event of S3"
  })
  void an_event_that_is_not_sound_is_not_guessed(String from, String to, String reason) {
    assertThat(LandingMessage.read(S3.replace(from, to))).isEqualTo(new Unknown(reason));
  }

  @Test
  void a_key_that_s3_cannot_have_is_none() {
    assertThat(LandingMessage.read(S3.replace(KEY, "x".repeat(1025)))).isInstanceOf(Unknown.class);
    assertThat(LandingMessage.read(EVENT_BRIDGE.replace(KEY, "\\ud83c")))
        .isInstanceOf(Unknown.class);
  }

  @ParameterizedTest
  @CsvSource({
    "hello, It is not JSON",
    "'{\"Records\": []', It is not JSON",
    "'{} {}', It is not JSON",
    "'', 'It is JSON, but no event of S3'",
    "null, 'It is JSON, but no event of S3'",
    "17, 'It is JSON, but no event of S3'",
    "[], 'It is JSON, but no event of S3'",
    "{}, 'It is JSON, but no event of S3'",
    "'{\"Records\": []}', 'It is JSON, but no event of S3'",
    "'{\"Records\": [17]}', It has a record that is no event of S3",
    "'{\"Type\": \"Notification\", \"Message\": \"hello\"}', It is not JSON",
    "'{\"source\": \"aws.emr\", \"detail-type\": \"Object Created\"}', 'It is JSON, but no event of S3'",
    "'{\"source\": \"aws.s3\", \"detail-type\": \"AWS API Call via CloudTrail\"}', 'EventBridge sends it, but it is no event of S3 about an object'",
    "'{\"Type\": \"SubscriptionConfirmation\"}', 'SNS asks to confirm the queue''s subscription, and no event comes before you confirm it with the SubscribeURL in the message'"
  })
  void anything_else_is_unknown_with_its_reason(String message, String reason) {
    assertThat(LandingMessage.read(message)).isEqualTo(new Unknown(reason));
  }

  @Test
  void a_message_that_is_nested_to_no_end_is_unknown() {
    assertThat(LandingMessage.read("[".repeat(200_000))).isInstanceOf(Unknown.class);
    assertThat(LandingMessage.read(ofSns(ofSns(S3)))).isInstanceOf(Unknown.class);
  }

  private static LandingMessage created(String key) {
    return new Created(List.of(new Place("landing", key)));
  }

  private static String ofSns(String message) {
    try {
      return JSON.writeValueAsString(
          Map.of("Type", "Notification", "MessageId", "m", "Message", message));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
