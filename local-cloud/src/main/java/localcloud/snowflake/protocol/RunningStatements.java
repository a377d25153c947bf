package localcloud.snowflake.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The statements that run now, of all sessions, by their query ids. */
final class RunningStatements {

  /**
   * One of them.
   *
   * @param signIn its session
   * @param requestId the driver's id for it
   */
  record Running(SignIn signIn, String requestId, String sql) {}

  private final Map<String, Running> byId = new ConcurrentHashMap<>();

  void begun(String queryId, Running running) {
    byId.put(queryId, running);
  }

  void ended(String queryId) {
    byId.remove(queryId);
  }

  Optional<Running> find(String queryId) {
    return Optional.ofNullable(byId.get(queryId));
  }

  /**
   * Stops a statement at the request of a session of its own user, or of an account administrator.
   *
   * @return what <a
   *     href="https://docs.snowflake.com/en/sql-reference/functions/system_cancel_query">
   *     SYSTEM$CANCEL_QUERY</a> answers
   */
  String cancel(String queryId, SignIn by) {
    Optional<Running> running = find(queryId).filter(found -> mayCancel(by, found.signIn()));
    running.ifPresent(found -> found.signIn().cancel(found.requestId()));
    return running.isPresent()
        ? "query [" + queryId + "] terminated."
        : "Identified SQL statement is not currently executing.";
  }

  private static boolean mayCancel(SignIn by, SignIn owner) {
    return by.session().user().equals(owner.session().user())
        || by.session().role().equals("ACCOUNTADMIN");
  }
}
