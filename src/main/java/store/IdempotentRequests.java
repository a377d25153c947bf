package store;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Requests that must be done once, each with its client's key, and how they were answered. */
@ApplicationScoped
public class IdempotentRequests {

  private final Sql sql;

  public IdempotentRequests(Database database) {
    this.sql = database.sql();
  }

  /**
   * Under what a request is known. Callers choose keys by themselves, so one caller's says nothing
   * of another's.
   */
  public record CallerKey(String caller, String text) {}

  /**
   * How a request was answered.
   *
   * @param status HTTP's
   * @param body JSON
   */
  public record Answer(int status, String body) {}

  /**
   * The first request with a key.
   *
   * @param fingerprint tells it from other requests
   * @param answer absent while it is being answered, or if the process died meanwhile
   * @param made the names of what was made or changed for it, oldest first
   */
  public record Known(String fingerprint, Optional<Answer> answer, List<String> made) {}

  /**
   * Records a request, unless there is one with its key already.
   *
   * @param since older ones are forgotten
   * @return the one that has the key now
   */
  public Known claim(CallerKey key, String fingerprint, Instant now, Instant since) {
    return sql.transaction(
        connection -> {
          Sql.update(connection, "DELETE FROM idempotent_request WHERE created_at < ?", since);
          Sql.update(
              connection,
              """
              INSERT INTO idempotent_request (caller, key, fingerprint, created_at)
              VALUES (?, ?, ?, ?)
              ON CONFLICT DO NOTHING""",
              key.caller(),
              key.text(),
              fingerprint,
              now);
          return Sql.first(
                  connection,
                  IdempotentRequests::known,
                  "SELECT * FROM idempotent_request WHERE caller = ? AND key = ?",
                  key.caller(),
                  key.text())
              .orElseThrow();
        });
  }

  /** Keeps the answer to a request. */
  public void answer(CallerKey key, Answer answer) {
    sql.write(
        "UPDATE idempotent_request SET status = ?, body = ? WHERE caller = ? AND key = ?",
        answer.status(),
        answer.body(),
        key.caller(),
        key.text());
  }

  /** The request has no answer that is worth keeping; what was made for it is remembered. */
  public void forget(CallerKey key) {
    sql.write(
        "DELETE FROM idempotent_request WHERE caller = ? AND key = ? AND made IS NULL",
        key.caller(),
        key.text());
  }

  /** What the effect's transactions make or change is remembered with the key. */
  public <T> T under(CallerKey key, Supplier<T> effect) {
    return Requested.under(key, effect);
  }

  private static Known known(ResultSet row) throws SQLException {
    int status = row.getInt("status");
    Optional<String> body = Optional.ofNullable(row.getString("body"));
    return new Known(
        row.getString("fingerprint"),
        body.map(json -> new Answer(status, json)),
        Stream.ofNullable(row.getString("made"))
            .flatMap(names -> Arrays.stream(names.split(" ")))
            .distinct()
            .toList());
  }
}
