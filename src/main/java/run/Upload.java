package run;

import java.util.Objects;
import java.util.Optional;

/**
 * The unfinished multipart upload of a run's object, as it must be known after a crash.
 *
 * @param bucket the object's bucket
 * @param key the object's key
 * @param id S3's upload id
 * @param validator what identifies the version of the source, for If-Range; absent if the source
 *     gives none and can only be read from its beginning
 */
public record Upload(String bucket, String key, String id, Optional<String> validator) {

  public Upload {
    Objects.requireNonNull(bucket);
    Objects.requireNonNull(key);
    Objects.requireNonNull(id);
    Objects.requireNonNull(validator);
  }
}
