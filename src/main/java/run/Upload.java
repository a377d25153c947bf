package run;

import java.util.Objects;
import java.util.Optional;

/**
 * A run's object on its way into S3 in parts, as it must be known after the death of the process.
 *
 * @param bucket where it goes
 * @param key likewise
 * @param id S3's name for the upload
 * @param validator what tells the version of the source that the parts are of, for If-Range; absent
 *     where the source gives none, and can only be read from its beginning
 */
public record Upload(String bucket, String key, String id, Optional<String> validator) {

  public Upload {
    Objects.requireNonNull(bucket);
    Objects.requireNonNull(key);
    Objects.requireNonNull(id);
    Objects.requireNonNull(validator);
  }
}
