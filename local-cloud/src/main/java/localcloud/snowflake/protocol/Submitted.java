package localcloud.snowflake.protocol;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A statement that has been accepted, and its answer once there is one.
 *
 * @param queryId its query id
 */
record Submitted(String queryId, CompletableFuture<byte[]> answer) {

  /** The answer, if it comes in time. */
  Optional<byte[]> within(long millis) {
    try {
      return Optional.of(answer.get(millis, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for " + queryId, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("No answer to " + queryId, e.getCause());
    }
  }
}
