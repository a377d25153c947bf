package api;

import batch.LandedObject;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A landed object that no run has taken yet, in the API.
 *
 * @param uri its address
 * @param size bytes
 * @param lastModified as S3 reports it
 * @param seenAt when the service first saw it
 */
@RegisterForReflection
public record WaitingObjectView(String uri, long size, Instant lastModified, Instant seenAt) {

  static WaitingObjectView of(LandedObject object) {
    return new WaitingObjectView(
        object.uri(), object.size(), object.lastModified(), object.seenAt());
  }
}
