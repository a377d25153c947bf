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
 * @param failedSince it failed then or later, and no run replays it
 * @param text its id, its message or the kind of its failure contains this text; the case of ASCII
 *     letters does not matter
 * @param order newest or oldest first; by when they failed if that is asked for, else by creation
 * @param limit the most runs in a page, 1 or more
 * @param after where the page before has ended ({@link Page#next})
 */
public record RunQuery(
    Set<RunState> states,
    Optional<String> pipeline,
    Optional<Instant> since,
    Optional<Instant> until,
    Optional<Instant> failedSince,
    Optional<String> text,
    Order order,
    int limit,
    Optional<String> after) {

  /** The order of runs. */
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
        Optional.empty(),
        Order.NEWEST_FIRST,
        limit,
        Optional.empty());
  }

  /** The runs that failed then or later and that no run replays, the last failure first. */
  public static RunQuery failedSince(Instant time, int limit) {
    return new RunQuery(
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(time),
        Optional.empty(),
        Order.NEWEST_FIRST,
        limit,
        Optional.empty());
  }

  /** A condition in SQL, with the values of its parameters. */
  record Condition(String sql, List<Object> values) {}

  /** The page's rows, and one more if there are more. */
  Condition page() {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    filter(conditions, values);
    boolean isNewestFirst = order == Order.NEWEST_FIRST;
    String comes = isNewestFirst ? "<" : ">";
    after.ifPresent(
        id ->
            add(
                conditions,
                values,
                failedSince.isPresent()
                    ? "(state_since, id) %s (SELECT state_since, id FROM run WHERE id = ?)"
                        .formatted(comes)
                    : "id %s ?".formatted(comes),
                id));
    values.add(limit + 1);
    String direction = isNewestFirst ? "DESC" : "ASC";
    String sorted =
        failedSince.isPresent()
            ? "ORDER BY state_since %1$s, id %1$s".formatted(direction)
            : "ORDER BY id " + direction;
    return new Condition(
        "WHERE id IN (SELECT id FROM run WHERE %1$s %2$s LIMIT ?) %2$s"
            .formatted(String.join(" AND ", conditions), sorted),
        values);
  }

  /** All rows of all pages. */
  Condition all() {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    filter(conditions, values);
    return new Condition("WHERE " + String.join(" AND ", conditions), values);
  }

  private void filter(List<String> conditions, List<Object> values) {
    conditions.add("TRUE");
    if (!states.isEmpty()) {
      // As literals, because an index of the runs in one state does not serve a parameter.
      conditions.add(
          states.stream()
              .map("'%s'"::formatted)
              .collect(Collectors.joining(", ", "state IN (", ")")));
    }
    pipeline.ifPresent(name -> add(conditions, values, "pipeline = ?", name));
    since.ifPresent(time -> add(conditions, values, "created_at >= ?", time));
    until.ifPresent(time -> add(conditions, values, "created_at < ?", time));
    failedSince.ifPresent(
        time ->
            add(
                conditions,
                values,
                "state IN ('FAILED') AND state_since >= ? AND NOT EXISTS (SELECT 1 FROM run AS again WHERE again.replay_of = run.id)",
                time));
    text.map(RunQuery::pattern)
        .ifPresent(
            pattern -> {
              conditions.add(
                  "(id LIKE ? ESCAPE '!' OR outcome_message LIKE ? ESCAPE '!' OR failure_kind LIKE ? ESCAPE '!')");
              values.addAll(Collections.nCopies(3, pattern));
            });
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
