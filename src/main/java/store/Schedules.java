package store;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import schedule.Schedule;

/** The progress of each pipeline's schedule. */
@ApplicationScoped
public class Schedules {

  private final Sql sql;

  Schedules(Database database) {
    this.sql = database.sql();
  }

  /** The progress of a pipeline's schedule; empty for a new one. */
  public Optional<Schedule.Followed> followed(String pipeline) {
    return sql.first(
        row ->
            new Schedule.Followed(
                row.getString("rule"), Instant.parse(row.getString("followed_until"))),
        "SELECT * FROM schedule WHERE pipeline = ?",
        pipeline);
  }

  /** Records the progress. */
  public void follow(String pipeline, Schedule.Followed followed) {
    sql.transaction(connection -> follow(connection, pipeline, followed));
  }

  static int follow(Connection connection, String pipeline, Schedule.Followed followed)
      throws SQLException {
    return Sql.update(
        connection,
        """
        INSERT INTO schedule (pipeline, rule, followed_until) VALUES (?, ?, ?)
        ON CONFLICT (pipeline) DO UPDATE SET rule = excluded.rule, followed_until = excluded.followed_until""",
        pipeline,
        followed.rule(),
        followed.until());
  }
}
