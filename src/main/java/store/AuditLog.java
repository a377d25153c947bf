package store;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people asked the service to do: who, when, what and why, and what came of it. */
@ApplicationScoped
public class AuditLog {

  private final Sql sql;

  AuditLog(Database database) {
    this.sql = database.sql();
  }

  /** What a request is about. */
  public enum Kind {
    RUN,
    PIPELINE,
    BACKFILL
  }

  /**
   * What a request is about.
   *
   * @param id its name among those of its kind
   */
  public record Subject(Kind kind, String id) {}

  /**
   * A request.
   *
   * @param actor the name of who sent it
   * @param role what they may do
   * @param action a verb, such as {@code cancel}
   * @param reason why, in their own words
   */
  public record Entry(
      Instant at,
      String actor,
      String role,
      String action,
      Subject subject,
      Optional<String> reason) {}

  /**
   * A request, and what came of it.
   *
   * @param id later ones have higher ids
   * @param outcome {@code done}, or why it was refused; absent while it is being done, and for ever
   *     if the service ended in the middle of it
   */
  public record Audited(long id, Entry entry, Optional<String> outcome) {}

  /**
   * Writes a request down, before anything is done for it.
   *
   * @return its id
   * @throws StoreException if the store cannot save it; then nothing must be done for it
   */
  public long begin(Entry entry) {
    return sql.transaction(
        connection ->
            Sql.first(
                    connection,
                    row -> row.getLong("id"),
                    """
                    INSERT INTO audit (at, actor, role, action, subject_kind, subject, reason)
                    VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id""",
                    entry.at(),
                    entry.actor(),
                    entry.role(),
                    entry.action(),
                    entry.subject().kind(),
                    entry.subject().id(),
                    entry.reason())
                .orElseThrow());
  }

  /**
   * Writes down what came of it.
   *
   * @throws StoreException if the store cannot save it
   */
  public void end(long id, String outcome) {
    sql.write("UPDATE audit SET outcome = ? WHERE id = ?", outcome, id);
  }

  /**
   * A page of all requests, newest first.
   *
   * @param after where the page before has ended
   */
  public Page<Audited> page(int limit, Optional<Long> after) {
    return page(
        sql.query(
            AuditLog::audited,
            "SELECT * FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?",
            after.orElse(Long.MAX_VALUE),
            limit + 1),
        limit);
  }

  /** A page of the requests about one subject, newest first. */
  public Page<Audited> page(Subject subject, int limit, Optional<Long> after) {
    return page(
        sql.query(
            AuditLog::audited,
            """
            SELECT * FROM audit WHERE subject_kind = ? AND subject = ? AND id < ?
            ORDER BY id DESC LIMIT ?""",
            subject.kind(),
            subject.id(),
            after.orElse(Long.MAX_VALUE),
            limit + 1),
        limit);
  }

  private static Page<Audited> page(List<Audited> found, int limit) {
    return Page.of(found, limit, audited -> String.valueOf(audited.id()));
  }

  private static Audited audited(ResultSet row) throws SQLException {
    return new Audited(
        row.getLong("id"),
        new Entry(
            Sql.time(row, "at").orElseThrow(),
            row.getString("actor"),
            row.getString("role"),
            row.getString("action"),
            new Subject(Kind.valueOf(row.getString("subject_kind")), row.getString("subject")),
            Optional.ofNullable(row.getString("reason"))),
        Optional.ofNullable(row.getString("outcome")));
  }
}
