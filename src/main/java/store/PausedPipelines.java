package store;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The pipelines of which no run begins until an operator resumes them. The transaction that would
 * create a run looks here as well, so that none begins once a pause was confirmed.
 */
@ApplicationScoped
public class PausedPipelines {

  private final Sql sql;

  public PausedPipelines(Database database) {
    this.sql = database.sql();
  }

  /**
   * A pause.
   *
   * @param since when it began
   * @param by who began it
   * @param reason why, if that was said
   */
  public record Pause(Instant since, String by, Optional<String> reason) {}

  /**
   * Pauses a pipeline; one that is paused already stays as it is.
   *
   * @return whether it was not paused before
   */
  public boolean pause(String pipeline, Pause pause) {
    return changed(
        pipeline,
        """
        INSERT INTO paused_pipeline (pipeline, since, paused_by, reason) VALUES (?, ?, ?, ?)
        ON CONFLICT DO NOTHING""",
        pipeline,
        pause.since(),
        pause.by(),
        pause.reason());
  }

  /**
   * Resumes a pipeline.
   *
   * @return whether it was paused
   */
  public boolean resume(String pipeline) {
    return changed(pipeline, "DELETE FROM paused_pipeline WHERE pipeline = ?", pipeline);
  }

  private boolean changed(String pipeline, String statement, Object... values) {
    return sql.transaction(
        connection -> {
          Requested.note(connection, pipeline);
          return Sql.update(connection, statement, values) > 0;
        });
  }

  /** The pause of a pipeline; empty if it is not paused. */
  public Optional<Pause> find(String pipeline) {
    return sql.read(connection -> find(connection, pipeline));
  }

  /** The names of all that are paused. */
  public Set<String> names() {
    return all().keySet();
  }

  /** All pauses, by the pipelines' names. */
  public Map<String, Pause> all() {
    return sql.read(PausedPipelines::all);
  }

  /**
   * Refuses what would begin a run of a paused pipeline.
   *
   * @throws PausedPipelineException if it is paused
   */
  public void refuse(String pipeline) {
    sql.read(
        connection -> {
          refuse(connection, pipeline);
          return pipeline;
        });
  }

  static Map<String, Pause> all(Connection connection) throws SQLException {
    return Sql.query(
            connection,
            row -> Map.entry(row.getString("pipeline"), pause(row)),
            "SELECT * FROM paused_pipeline")
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  static void refuse(Connection connection, String pipeline) throws SQLException {
    Optional<Pause> pause = find(connection, pipeline);
    if (pause.isPresent()) {
      throw new PausedPipelineException(pipeline, pause.get());
    }
  }

  private static Optional<Pause> find(Connection connection, String pipeline) throws SQLException {
    return Sql.first(
        connection,
        PausedPipelines::pause,
        "SELECT * FROM paused_pipeline WHERE pipeline = ?",
        pipeline);
  }

  private static Pause pause(ResultSet row) throws SQLException {
    return new Pause(
        Instant.parse(row.getString("since")),
        row.getString("paused_by"),
        Optional.ofNullable(row.getString("reason")));
  }
}
