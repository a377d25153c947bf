package store;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import run.RunId;
import run.SentStatement;

/** The statements that were sent to the warehouse, by run. */
@ApplicationScoped
public class SentStatements {

  private static final int MOST = 200;

  private final Sql sql;

  SentStatements(Database database) {
    this.sql = database.sql();
  }

  /**
   * Records a statement that was sent for a run.
   *
   * @throws StoreException if the store cannot save it
   */
  public void record(RunId run, SentStatement statement) {
    sql.transaction(
        connection -> {
          // An outage of hours must not fill the store: of a statement's failed tries the last
          // stays, and of all statements the newest.
          Sql.update(
              connection,
              """
              DELETE FROM statement WHERE run = ? AND (
                (sql = ? AND error IS NOT NULL)
                OR id NOT IN (SELECT id FROM statement WHERE run = ? ORDER BY id DESC LIMIT ?))""",
              run.value(),
              statement.sql(),
              run.value(),
              MOST - 1);
          return Sql.update(
              connection,
              "INSERT INTO statement (run, sql, sent_at, millis, error) VALUES (?, ?, ?, ?, ?)",
              run.value(),
              statement.sql(),
              statement.sentAt(),
              statement.took().toMillis(),
              statement.error());
        });
  }

  /** The statements that were sent for a run, in order. */
  public List<SentStatement> of(RunId run) {
    return sql.query(
        row ->
            new SentStatement(
                row.getString("sql"),
                Instant.parse(row.getString("sent_at")),
                Duration.ofMillis(row.getLong("millis")),
                Optional.ofNullable(row.getString("error"))),
        "SELECT * FROM statement WHERE run = ? ORDER BY id",
        run.value());
  }
}
