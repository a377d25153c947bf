package localcloud.snowflake.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import localcloud.snowflake.engine.Session;

/**
 * A session in the protocol: its tokens, its running statements, and the answers that may be
 * requested again.
 */
final class SignIn {

  /** How many answers are kept for a driver that lost one. */
  private static final int ANSWERS_KEPT = 32;

  private static final long STOP_AGAIN_MILLIS = 50;

  private final Session session;
  private final String masterToken;
  private final Map<String, Submitted> answers =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Submitted> eldest) {
          return size() > ANSWERS_KEPT && eldest.getValue().answer().isDone();
        }
      };
  private final Map<String, Runnable> running = new ConcurrentHashMap<>();
  private volatile String token;
  private volatile boolean tokenExpired;

  SignIn(Session session, String masterToken, String token) {
    this.session = session;
    this.masterToken = masterToken;
    this.token = token;
  }

  Session session() {
    return session;
  }

  String masterToken() {
    return masterToken;
  }

  String token() {
    return token;
  }

  boolean isTokenExpired() {
    return tokenExpired;
  }

  void expireToken() {
    tokenExpired = true;
  }

  void renew(String newToken) {
    token = newToken;
    tokenExpired = false;
  }

  /**
   * The statement of a repeated request; empty if the request is new: then the caller answers it
   * through {@code mine}.
   */
  Optional<Submitted> earlier(String requestId, Submitted mine) {
    synchronized (answers) {
      return Optional.ofNullable(answers.putIfAbsent(requestId, mine));
    }
  }

  /** Records how to stop a request's statement. */
  void runs(String requestId, Runnable stop) {
    running.put(requestId, stop);
  }

  void ended(String requestId) {
    running.remove(requestId);
  }

  /** Stops a request's statement, if it runs or is about to. */
  void cancel(String requestId) {
    synchronized (answers) {
      Optional.ofNullable(answers.get(requestId))
          .ifPresent(submitted -> stop(requestId, submitted));
    }
  }

  /**
   * A statement that has just begun cannot be stopped yet, so the request is repeated until it
   * ends.
   */
  private void stop(String requestId, Submitted submitted) {
    if (submitted.answer().isDone()) {
      return;
    }
    Runnable stop = running.get(requestId);
    if (stop != null) {
      stop.run();
    }
    CompletableFuture.delayedExecutor(STOP_AGAIN_MILLIS, TimeUnit.MILLISECONDS)
        .execute(() -> stop(requestId, submitted));
  }
}
