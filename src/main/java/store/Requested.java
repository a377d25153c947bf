package store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import store.IdempotentRequests.CallerKey;

/**
 * The key of the request that the present thread fulfils. What a transaction makes or changes for
 * it is written down with the key in the same transaction: whoever repeats the request finds it,
 * even if the first answer was lost with the process.
 */
final class Requested {

  private static final ThreadLocal<CallerKey> KEY = new ThreadLocal<>();

  private Requested() {}

  static <T> T under(CallerKey key, Supplier<T> effect) {
    KEY.set(key);
    try {
      return effect.get();
    } finally {
      KEY.remove();
    }
  }

  /**
   * The transaction makes or changes something; without a request with a key, nothing is noted.
   *
   * @param id its name, without blanks
   */
  static void note(Connection connection, String id) throws SQLException {
    CallerKey key = KEY.get();
    if (key != null) {
      Sql.update(
          connection,
          """
          UPDATE idempotent_request SET made = COALESCE(made || ' ', '') || ?
          WHERE caller = ? AND key = ?""",
          id,
          key.caller(),
          key.text());
    }
  }
}
