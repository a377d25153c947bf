package landing;

import java.util.List;

/**
 * What a message of the queue of landing events says. It is only ever taken for a hint: which
 * objects to look at. Their ETags and sizes are S3's to tell, since messages come late, twice and
 * in any order, and by then another version may be there.
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
   * @param objects each once
   */
  record Created(List<Place> objects) implements LandingMessage {}

  /**
   * S3 tells of something else, which does not matter here.
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
   * Nobody knows what it is.
   *
   * @param reason why it is not taken for an event of S3, a sentence without its full stop; nothing
   *     of the message is in it
   */
  record Unknown(String reason) implements LandingMessage {}

  /**
   * Reads a message in the form of S3's own event notifications, as they are or in the envelope of
   * SNS, or in that of EventBridge's events of S3.
   */
  static LandingMessage read(String message) {
    return LandingMessageReader.read(message);
  }
}
