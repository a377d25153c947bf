package store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import run.RunId;
import run.RunState;
import store.PipelineSummaries.RecentRun;

/**
 * The newest runs of pipelines, remembered from one look to the next, because they are nearly all
 * that an overview reads, and few of them change. Every change of them is an entry in {@code
 * run_state}, of the same transaction, so the store itself tells whose runs must be read again;
 * what another process has written is seen like this one's own.
 */
final class RecentRuns {

  /**
   * Entries of the last look that are looked at again: a database with several writers at once
   * gives out ids before it commits, so that an entry may appear after a later one.
   */
  private static final int AGAIN = 50;

  /**
   * What is remembered.
   *
   * @param entry the last entry when it was read
   * @param byPipeline the runs of every pipeline that was asked for, newest first
   */
  private record Known(Optional<Long> entry, Map<String, List<RecentRun>> byPipeline) {}

  private volatile Known known = new Known(Optional.empty(), Map.of());

  /**
   * The newest runs of these pipelines, newest first, at most {@link PipelineSummaries#RECENT} of
   * each; also some of others.
   */
  Map<String, List<RecentRun>> of(Connection connection, Collection<String> pipelines)
      throws SQLException {
    Known before = known;
    // Before the runs: what changes between the two statements is read again by the next look.
    Map<Long, String> entries = entries(connection, before.entry());
    Map<String, List<RecentRun>> now = new HashMap<>(before.byPipeline());
    now.keySet().removeAll(Set.copyOf(entries.values()));
    List<String> unknown = pipelines.stream().filter(name -> !now.containsKey(name)).toList();
    if (!unknown.isEmpty()) {
      now.putAll(read(connection, unknown));
    }
    known = new Known(entries.keySet().stream().max(Long::compare).or(before::entry), now);
    return now;
  }

  /** Whose runs came into a state after that entry, or shortly before it. */
  private static Map<Long, String> entries(Connection connection, Optional<Long> after)
      throws SQLException {
    return Sql.query(
            connection,
            row -> Map.entry(row.getLong("id"), row.getString("pipeline")),
            """
            SELECT run_state.id, run.pipeline FROM run_state JOIN run ON run.id = run_state.run
            WHERE run_state.id > COALESCE(?, (SELECT MAX(id) FROM run_state)) - ?""",
            after,
            AGAIN)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** For each name one step back in the index, and then only the runs that are shown. */
  private static Map<String, List<RecentRun>> read(Connection connection, List<String> pipelines)
      throws SQLException {
    Map<String, List<RecentRun>> runs = new HashMap<>();
    pipelines.forEach(name -> runs.put(name, new ArrayList<>()));
    Sql.query(
        connection,
        row -> runs.get(row.getString("pipeline")).add(run(row)),
        """
        SELECT run.pipeline, run.id, run.state, run.created_at, run.state_since
        FROM json_each(?) AS name JOIN run ON run.pipeline = name.value AND run.id >= COALESCE((
          SELECT id FROM run WHERE pipeline = name.value ORDER BY id DESC LIMIT 1 OFFSET ?), '')
        ORDER BY run.pipeline, run.id DESC""",
        PipelineSummaries.json(pipelines),
        PipelineSummaries.RECENT - 1);
    return runs;
  }

  static RecentRun run(ResultSet row) throws SQLException {
    RunState state = RunState.valueOf(row.getString("state"));
    return new RecentRun(
        new RunId(row.getString("id")),
        state,
        Sql.instant(row.getString("created_at")),
        state.isFinal() ? Sql.time(row, "state_since") : Optional.empty());
  }
}
