package landing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import landing.LandingMessage.Created;
import landing.LandingMessage.Other;
import landing.LandingMessage.Place;
import landing.LandingMessage.Unknown;

/**
 * The forms in which S3's events come.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Event
 *     message structure</a>, on S3's own form, its URL-encoded keys and its test event
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html">EventBridge
 *     event message structure</a>, whose keys are not encoded
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html">SNS
 *     message formats</a>, on the envelope that raw message delivery leaves out
 */
final class LandingMessageReader {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final String CREATED = "ObjectCreated:";

  /** S3's limit, in bytes of UTF-8. */
  private static final int LONGEST_KEY = 1024;

  private LandingMessageReader() {}

  /** Why a message cannot be read. */
  private static final class UnknownMessage extends Exception {

    private static final long serialVersionUID = 1L;

    UnknownMessage(String reason) {
      super(reason);
    }
  }

  static LandingMessage read(String message) {
    try {
      JsonNode json = json(message);
      return switch (json.path("Type").asText()) {
        case "Notification" -> event(json(json.path("Message").asText()));
        case "SubscriptionConfirmation" ->
            throw new UnknownMessage(
                "SNS asks to confirm the queue's subscription, and no event comes before you confirm it with the SubscribeURL in the message");
        default -> event(json);
      };
    } catch (UnknownMessage e) {
      return new Unknown(e.getMessage());
    }
  }

  private static JsonNode json(String text) throws UnknownMessage {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UnknownMessage("It is not JSON");
    }
  }

  private static LandingMessage event(JsonNode json) throws UnknownMessage {
    if (json.path("Event").asText().equals("s3:TestEvent")) {
      return new Other("s3:TestEvent");
    }
    if (json.path("Records").isArray() && !json.path("Records").isEmpty()) {
      return notification(json.path("Records"));
    }
    if (json.path("source").asText().equals("aws.s3")) {
      return ofEventBridge(json);
    }
    throw new UnknownMessage("It is JSON, but no event of S3");
  }

  private static LandingMessage notification(JsonNode records) throws UnknownMessage {
    List<Place> created = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (JsonNode record : records) {
      // Amazon says aws:s3 and ObjectCreated:Put, other stores minio:s3 and s3:ObjectCreated:Put.
      String name = record.path("eventName").asText().replaceFirst("^s3:", "");
      if (!record.path("eventSource").asText().endsWith(":s3") || name.isEmpty()) {
        throw new UnknownMessage("It has a record that is no event of S3");
      }
      if (name.startsWith(CREATED)) {
        created.add(place(record.path("s3"), true));
      } else {
        others.add(name);
      }
    }
    return created.isEmpty()
        ? new Other(String.join(", ", others))
        : new Created(created.stream().distinct().toList());
  }

  private static LandingMessage ofEventBridge(JsonNode event) throws UnknownMessage {
    String type = event.path("detail-type").asText();
    if (type.equals("Object Created")) {
      return new Created(List.of(place(event.path("detail"), false)));
    }
    if (type.startsWith("Object ")) {
      return new Other(type);
    }
    throw new UnknownMessage("EventBridge sends it, but it is no event of S3 about an object");
  }

  private static Place place(JsonNode at, boolean isEncoded) throws UnknownMessage {
    JsonNode bucket = at.path("bucket").path("name");
    JsonNode key = at.path("object").path("key");
    if (!bucket.isTextual() || !key.isTextual()) {
      throw new UnknownMessage("It is an event of S3 that names no bucket or no key");
    }
    String decoded = isEncoded ? decoded(key.asText()) : key.asText();
    boolean isKey =
        !decoded.isEmpty()
            && StandardCharsets.UTF_8.newEncoder().canEncode(decoded)
            && decoded.getBytes(StandardCharsets.UTF_8).length <= LONGEST_KEY;
    if (!isKey) {
      throw new UnknownMessage("Its key is invalid: S3's keys have 1 to 1,024 bytes of UTF-8");
    }
    return new Place(bucket.asText(), decoded);
  }

  /** Decodes form encoding: a plus is a space. Malformed text is refused, never guessed. */
  private static String decoded(String key) throws UnknownMessage {
    try {
      if (!StandardCharsets.US_ASCII.newEncoder().canEncode(key)) {
        throw new IllegalArgumentException("not encoded");
      }
      byte[] bytes =
          URLDecoder.decode(key, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new UnknownMessage("Its key is not URL-encoded as S3 encodes keys");
    }
  }
}
