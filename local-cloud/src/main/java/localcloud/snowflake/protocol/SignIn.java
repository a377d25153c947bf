package localcloud.snowflake.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import localcloud.snowflake.engine.Session;
import localcloud.snowflake.sql.Refusal;

/**
 * A session as the protocol sees it: its tokens, the statements that run in it, and the answers it
 * may be asked for again.
 */
final class SignIn {

  /** Answers kept for a driver that asks again because it lost the first one. */
  private static final int ANSWERS_KEPT = 32;

  private final Session session;
  private final String masterToken;
  private final Map<String, Submitted> answers =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Submitted> eldest) {
          return size() > ANSWERS_KEPT && eldest.getValue().answer().isDone();
        }
      };
  private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
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
   * The statement of a request that came before; empty when the request is new, which from then on
   * is the caller's to answer through {@code mine}.
   */
  Optional<Submitted> earlier(String requestId, Submitted mine) {
    synchronized (answers) {
      return Optional.ofNullable(answers.putIfAbsent(requestId, mine));
    }
  }

  /**
   * Notes how to stop a request's statement.
   *
   * @throws Refusal 000604 when it has been cancelled before it could be stopped
   */
  void runs(String requestId, Runnable stop) {
    running.put(requestId, stop);
    if (cancelled.contains(requestId)) {
      throw Refusal.cancelled();
    }
  }

  void ended(String requestId) {
    running.remove(requestId);
    cancelled.remove(requestId);
  }

  /** Stops a request's statement, if it runs or is about to. */
  void cancel(String requestId) {
    Submitted submitted;
    synchronized (answers) {
      submitted = answers.get(requestId);
    }
    if (submitted == null || submitted.answer().isDone()) {
      return;
    }
    cancelled.add(requestId);
    Runnable stop = running.get(requestId);
    if (stop != null) {
      stop.run();
    }
  }
}
