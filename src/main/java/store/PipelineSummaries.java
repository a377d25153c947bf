package store;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import run.RunId;
import run.RunState;

/**
 * What an overview shows of many pipelines at once. However many there are, it takes the same few
 * statements, and none of them reads runs that it does not show.
 */
@ApplicationScoped
public class PipelineSummaries {

  /** How many of a pipeline's newest runs a summary has. */
  public static final int RECENT = 30;

  private final Sql sql;
  private final RecentRuns recentRuns = new RecentRuns();

  public PipelineSummaries(Database database) {
    this.sql = database.sql();
  }

  /**
   * One pipeline.
   *
   * @param paused its pause, if it is paused
   * @param recent its newest runs, newest first, at most {@link #RECENT}
   * @param open how many runs are in each state that is not final
   * @param lastEnded what its ended runs have come to
   * @param waiting what waits in its landing prefix
   * @param setAside how many landed objects no run will take
   */
  public record Summary(
      Optional<PausedPipelines.Pause> paused,
      List<RecentRun> recent,
      Map<RunState, Integer> open,
      Ended lastEnded,
      Waiting waiting,
      long setAside) {

    /** The same with another pause, or none. */
    public Summary paused(Optional<PausedPipelines.Pause> pause) {
      return new Summary(pause, recent, open, lastEnded, waiting, setAside);
    }

    /** How many runs have not ended. */
    public int openRuns() {
      return open.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /**
   * What the ended runs of a pipeline have come to.
   *
   * @param state how the newest run ended that has succeeded or failed and was not replayed; one
   *     without data and one that was cancelled tell nothing of what its next run will do
   * @param loadedAt when a run succeeded last
   */
  public record Ended(Optional<RunState> state, Optional<Instant> loadedAt) {

    static final Ended NONE = new Ended(Optional.empty(), Optional.empty());
  }

  /**
   * A run in short.
   *
   * @param endedAt when it came into its final state
   */
  public record RecentRun(RunId id, RunState state, Instant createdAt, Optional<Instant> endedAt) {}

  /**
   * Landed objects that no run has taken, that are not set aside, and that wait for no backfill. A
   * version that was overwritten while it waited counts as well.
   *
   * @param objects how many
   * @param bytes their sizes together
   * @param oldest when the oldest was last modified
   */
  public record Waiting(long objects, long bytes, Optional<Instant> oldest) {

    static final Waiting NONE = new Waiting(0, 0, Optional.empty());
  }

  /**
   * A run in a pipeline's history.
   *
   * @param run its id, state and times
   * @param objects how many objects it has
   * @param bytes their sizes together
   * @param rowsWritten the rows of its curated files, once the job has counted them
   * @param rowsRejected the rows that it rejected, once the job has counted them
   */
  public record PastRun(
      RecentRun run,
      int objects,
      long bytes,
      Optional<Long> rowsWritten,
      Optional<Long> rowsRejected) {}

  /** The summaries of these pipelines, by name. */
  public Map<String, Summary> of(Collection<String> pipelines) {
    String names = json(pipelines);
    return sql.read(
        connection -> {
          Map<String, PausedPipelines.Pause> paused = PausedPipelines.all(connection);
          Map<String, List<RecentRun>> recent = recentRuns.of(connection, pipelines);
          Map<String, Map<RunState, Integer>> open = open(connection);
          Map<String, Ended> ended = lastEnded(connection, names);
          Map<String, Waiting> waiting = waiting(connection, names);
          Map<String, Long> aside = setAside(connection, names);
          return pipelines.stream()
              .collect(
                  Collectors.toMap(
                      name -> name,
                      name ->
                          new Summary(
                              Optional.ofNullable(paused.get(name)),
                              recent.get(name),
                              open.getOrDefault(name, Map.of()),
                              ended.getOrDefault(name, Ended.NONE),
                              waiting.getOrDefault(name, Waiting.NONE),
                              aside.getOrDefault(name, 0L))));
        });
  }

  /** A pipeline's newest runs, oldest first. */
  public List<PastRun> history(String pipeline, int limit) {
    List<PastRun> newest =
        new ArrayList<>(
            sql.query(
                row ->
                    new PastRun(
                        RecentRuns.run(row),
                        row.getInt("objects"),
                        row.getLong("bytes"),
                        number(row, "rows_written"),
                        number(row, "rows_rejected")),
                "SELECT * FROM run WHERE pipeline = ? ORDER BY id DESC LIMIT ?",
                pipeline,
                limit));
    Collections.reverse(newest);
    return newest;
  }

  private static Map<String, Map<RunState, Integer>> open(Connection connection)
      throws SQLException {
    Map<String, Map<RunState, Integer>> open = new HashMap<>();
    Sql.query(
        connection,
        row ->
            open.computeIfAbsent(row.getString("pipeline"), none -> new HashMap<>())
                .put(RunState.valueOf(row.getString("state")), row.getInt("runs")),
        """
        SELECT pipeline, state, COUNT(*) AS runs FROM run
        WHERE state IN ('COLLECTED', 'QUEUED', 'PROCESSING', 'LOADING') GROUP BY pipeline, state""");
    return open;
  }

  private static Map<String, Ended> lastEnded(Connection connection, String names)
      throws SQLException {
    return byName(
        Sql.query(
            connection,
            row ->
                Map.entry(
                    row.getString("pipeline"),
                    new Ended(
                        Optional.ofNullable(row.getString("ended")).map(RunState::valueOf),
                        Sql.time(row, "loaded_at"))),
            """
            SELECT name.value AS pipeline, (
              SELECT state FROM run WHERE run.pipeline = name.value AND state IN ('SUCCEEDED', 'FAILED')
                AND NOT EXISTS (SELECT 1 FROM run AS again WHERE again.replay_of = run.id)
              ORDER BY run.id DESC LIMIT 1) AS ended, (
              SELECT MAX(state_since) FROM run
              WHERE run.pipeline = name.value AND state = 'SUCCEEDED') AS loaded_at
            FROM json_each(?) AS name""",
            names));
  }

  private static Map<String, Waiting> waiting(Connection connection, String names)
      throws SQLException {
    return byName(
        Sql.query(
            connection,
            row ->
                Map.entry(
                    row.getString("pipeline"),
                    new Waiting(
                        row.getLong("objects"),
                        (long) row.getDouble("bytes"),
                        Sql.time(row, "oldest"))),
            """
            SELECT pipeline, COUNT(*) AS objects, SUM(CAST(size AS REAL)) AS bytes, MIN(last_modified) AS oldest
            FROM landed_object
            WHERE pipeline IN (SELECT value FROM json_each(?)) AND run IS NULL AND set_aside IS NULL AND backfill IS NULL
            GROUP BY pipeline""",
            names));
  }

  private static Map<String, Long> setAside(Connection connection, String names)
      throws SQLException {
    return byName(
        Sql.query(
            connection,
            row -> Map.entry(row.getString("pipeline"), row.getLong("objects")),
            """
            SELECT pipeline, COUNT(*) AS objects FROM landed_object
            WHERE pipeline IN (SELECT value FROM json_each(?)) AND set_aside IS NOT NULL GROUP BY pipeline""",
            names));
  }

  private static Optional<Long> number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }

  private static <T> Map<String, T> byName(List<Map.Entry<String, T>> entries) {
    return entries.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  static String json(Collection<String> names) {
    return names.stream()
        .map(name -> '"' + new String(JsonStringEncoder.getInstance().quoteAsString(name)) + '"')
        .collect(Collectors.joining(",", "[", "]"));
  }
}
