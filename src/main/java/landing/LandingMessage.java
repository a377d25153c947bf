package landing;

import java.util.List;

/**
 * The content of a message from the queue of landing events. It is only a hint which objects to
 * list. ETags and sizes come from the listing, because messages are late, doubled and out of order,
 * and the object may have another version by then.
 */
public sealed interface LandingMessage {

  /**
   * An object of a bucket.
   *
   * @param bucket the bucket's name
   * @param key the key as it is, not URL-encoded
   */
  record Place(String bucket, String key) {

    @Override
    public String toString() {
      return "s3://%s/%s".formatted(bucket, key);
    }
  }

  /**
   * Objects were created.
   *
   * @param objects the objects, without duplicates
   */
  record Created(List<Place> objects) implements LandingMessage {}

  /**
   * Another event of S3, which does not matter here.
   *
   * @param what its name
   */
  record Other(String what) implements LandingMessage {

    @Override
    public String toString() {
      return "S3's message " + what;
    }
  }

  /**
   * The message is unknown.
   *
   * @param reason why it is no S3 event, a sentence without its full stop and without any text of
   *     the message
   */
  record Unknown(String reason) implements LandingMessage {}

  /**
   * Reads a message in the form of S3's own event notifications, with or without an SNS envelope,
   * or of EventBridge's S3 events.
   */
  static LandingMessage read(String message) {
    return LandingMessageReader.read(message);
  }
}
