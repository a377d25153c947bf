package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import store.SetAsideObjects.SetAside;

/**
 * A landed object that no run will take, in the API.
 *
 * @param uri its address
 * @param etag its ETag
 * @param size its size in bytes
 * @param seenAt when the service first saw it
 * @param reason why, and how to have it loaded
 */
@RegisterForReflection
public record SetAsideView(String uri, String etag, long size, Instant seenAt, String reason) {

  static SetAsideView of(SetAside aside) {
    return new SetAsideView(
        aside.object().uri(),
        aside.object().etag(),
        aside.object().size(),
        aside.object().seenAt(),
        aside.reason());
  }
}
