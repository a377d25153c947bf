package store;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import run.RunId;
import run.RunState;

/** The states that runs came into, in the order in which the store recorded them. */
@ApplicationScoped
public class StateEntries {

  private final Sql sql;

  StateEntries(Database database) {
    this.sql = database.sql();
  }

  /**
   * A run came into a state.
   *
   * @param id grows from one entry to the next
   * @param at when it came into it
   */
  public record Entered(long id, RunId run, String pipeline, RunState state, Instant at) {}

  /** Those after one of them, oldest first. */
  public List<Entered> after(long id, int limit) {
    return sql.query(
        row ->
            new Entered(
                row.getLong("id"),
                new RunId(row.getString("run")),
                row.getString("pipeline"),
                RunState.valueOf(row.getString("state")),
                Instant.parse(row.getString("since"))),
        """
        SELECT run_state.*, run.pipeline FROM run_state JOIN run ON run.id = run_state.run
        WHERE run_state.id > ? ORDER BY run_state.id LIMIT ?""",
        id,
        limit);
  }

  /** The id of the last one; 0 before there is any. */
  public long last() {
    return sql.query(
            row -> row.getLong("last"), "SELECT coalesce(MAX(id), 0) AS last FROM run_state")
        .get(0);
  }
}
