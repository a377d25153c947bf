package store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import run.RunState;

/**
 * Which runs are asked for, and in which order.
 *
 * @param states in one of these; in any if there are none
 * @param pipeline of this pipeline
 * @param since created then or later
 * @param until created before then
 * @param text its id, its message or the kind of its failure contains this text; the case of ASCII
 *     letters does not matter
 * @param order newest or oldest first
 * @param limit the most runs in a page, 1 or more
 * @param after where the page before has ended ({@link Page#next})
 */
public record RunQuery(
    Set<RunState> states,
    Optional<String> pipeline,
    Optional<Instant> since,
    Optional<Instant> until,
    Optional<String> text,
    Order order,
    int limit,
    Optional<String> after) {

  /** The order of runs, which is that of their creation. */
  public enum Order {
    NEWEST_FIRST,
    OLDEST_FIRST
  }

  /** The newest runs of all pipelines, newest first. */
  public static RunQuery newest(int limit) {
    return new RunQuery(
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Order.NEWEST_FIRST,
        limit,
        Optional.empty());
  }

  /** A condition in SQL, with the values of its parameters. */
  record Condition(String sql, List<Object> values) {}

  /** The page's rows, and one more if there are more. */
  Condition page() {
    List<String> conditions = new ArrayList<>(List.of("TRUE"));
    List<Object> values = new ArrayList<>();
    if (!states.isEmpty()) {
      // As literals, because an index of the runs in one state does not serve a parameter.
      conditions.add(
          states.stream()
              .map("'%s'"::formatted)
              .collect(Collectors.joining(", ", "state IN (", ")")));
    }
    boolean isNewestFirst = order == Order.NEWEST_FIRST;
    pipeline.ifPresent(name -> add(conditions, values, "pipeline = ?", name));
    since.ifPresent(time -> add(conditions, values, "created_at >= ?", time));
    until.ifPresent(time -> add(conditions, values, "created_at < ?", time));
    after.ifPresent(id -> add(conditions, values, isNewestFirst ? "id < ?" : "id > ?", id));
    text.map(RunQuery::pattern)
        .ifPresent(
            pattern -> {
              conditions.add(
                  "(id LIKE ? ESCAPE '!' OR outcome_message LIKE ? ESCAPE '!' OR failure_kind LIKE ? ESCAPE '!')");
              values.addAll(Collections.nCopies(3, pattern));
            });
    values.add(limit + 1);
    String sorted = "ORDER BY id " + (isNewestFirst ? "DESC" : "ASC");
    return new Condition(
        "WHERE id IN (SELECT id FROM run WHERE %1$s %2$s LIMIT ?) %2$s"
            .formatted(String.join(" AND ", conditions), sorted),
        values);
  }

  private static void add(
      List<String> conditions, List<Object> values, String condition, Object value) {
    conditions.add(condition);
    values.add(value);
  }

  private static String pattern(String text) {
    return "%" + text.replaceAll("([!%_])", "!$1") + "%";
  }
}
