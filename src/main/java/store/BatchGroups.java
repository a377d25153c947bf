package store;

import batch.LandedObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The group of each waiting object. It is recorded once for each object, so that a batch is found
 * without reading everything that waits.
 */
@ApplicationScoped
public class BatchGroups {

  private static final int AT_A_TIME = 1_000;

  private static final String IDENTITY =
      "WHERE pipeline = ? AND bucket = ? AND object_key = ? AND etag = ? AND run IS NULL AND backfill IS NULL";

  private final Sql sql;

  BatchGroups(Database database) {
    this.sql = database.sql();
  }

  /**
   * Forgets the groups of the waiting objects if the grouping has changed, and lets every marker
   * close its folder again.
   *
   * @param grouping identifies the grouping
   */
  public void begin(String pipeline, String grouping) {
    sql.transaction(
        connection -> {
          List<String> before =
              Sql.query(
                  connection,
                  row -> row.getString("grouping"),
                  "SELECT grouping FROM batch_grouping WHERE pipeline = ?",
                  pipeline);
          return before.equals(List.of(grouping)) ? 0 : restart(connection, pipeline, grouping);
        });
  }

  private static int restart(Connection connection, String pipeline, String grouping)
      throws SQLException {
    Sql.update(
        connection,
        "UPDATE landed_object SET batch_group = NULL WHERE pipeline = ? AND run IS NULL AND backfill IS NULL AND batch_group IS NOT NULL",
        pipeline);
    Sql.update(connection, "UPDATE batch_marker SET has_closed = 0 WHERE pipeline = ?", pipeline);
    return Sql.update(
        connection,
        """
        INSERT INTO batch_grouping (pipeline, grouping, grouped_to) VALUES (?, ?, 0)
        ON CONFLICT (pipeline) DO UPDATE SET grouping = excluded.grouping, grouped_to = 0""",
        pipeline,
        grouping);
  }

  /**
   * Assigns the next objects without a group to theirs, in the order in which they were recorded.
   *
   * @return whether there may be more
   */
  public boolean group(String pipeline, Function<LandedObject, String> group) {
    return sql.transaction(
        connection -> {
          long last = number(connection, "SELECT MAX(id) AS number FROM landed_object");
          List<Object[]> rows = new ArrayList<>();
          // By their ids alone: the index of waiting objects would also read those that are grouped
          // already.
          List<Long> ids =
              Sql.query(
                  connection,
                  row -> {
                    long id = row.getLong("id");
                    rows.add(new Object[] {group.apply(LandedObjects.object(row)), id});
                    return id;
                  },
                  """
                  SELECT * FROM landed_object NOT INDEXED
                  WHERE id > (SELECT grouped_to FROM batch_grouping WHERE pipeline = ?) AND pipeline = ?
                    AND run IS NULL AND set_aside IS NULL AND backfill IS NULL
                  ORDER BY id LIMIT ?""",
                  pipeline,
                  pipeline,
                  AT_A_TIME);
          boolean hasMore = ids.size() == AT_A_TIME;
          Sql.batch(connection, "UPDATE landed_object SET batch_group = ? WHERE id = ?", rows);
          Sql.update(
              connection,
              "UPDATE batch_grouping SET grouped_to = ?1 WHERE pipeline = ?2 AND grouped_to <> ?1",
              hasMore ? ids.get(AT_A_TIME - 1) : last,
              pipeline);
          return hasMore;
        });
  }

  /** Assigns these objects to their groups. */
  public void group(List<LandedObject> objects, Function<LandedObject, String> group) {
    sql.transaction(
        connection ->
            Sql.batch(
                connection,
                "UPDATE landed_object SET batch_group = ? " + IDENTITY,
                LandedObjects.identities(objects, group::apply)));
  }

  /** The names of the groups that have waiting objects, in order, from the one after that name. */
  public List<String> names(String pipeline, String after, int limit) {
    return sql.query(
        row -> row.getString("name"),
        """
        WITH RECURSIVE found (name) AS (
          SELECT MIN(batch_group) FROM landed_object
          WHERE pipeline = ?1 AND run IS NULL AND backfill IS NULL AND batch_group > ?2
          UNION ALL
          SELECT (
            SELECT MIN(batch_group) FROM landed_object
            WHERE pipeline = ?1 AND run IS NULL AND backfill IS NULL AND batch_group > found.name)
          FROM found WHERE name IS NOT NULL LIMIT ?3)
        SELECT name FROM found WHERE name IS NOT NULL""",
        pipeline,
        after,
        limit);
  }

  /**
   * The waiting objects of a group, oldest first, without those that were overwritten meanwhile.
   */
  public List<LandedObject> waiting(String pipeline, String group, int limit) {
    return LandedObjects.waiting(sql, "batch_group = ?", pipeline, group, limit);
  }

  /** The waiting objects without a group, oldest first. */
  public List<LandedObject> withoutGroup(String pipeline, int limit) {
    return LandedObjects.waiting(sql, "batch_group IS NULL", pipeline, limit);
  }

  /**
   * The groups of the pipeline's runs that wait for their first cluster: EMR has not been asked for
   * one. Runs that fetch their object and those of backfills are left out. Where objects have no
   * groups, the group's name is empty.
   */
  public Set<String> awaitingLaunch(String pipeline) {
    return Set.copyOf(
        sql.query(
            row -> row.getString("name"),
            """
            SELECT DISTINCT COALESCE(
              (SELECT batch_group FROM landed_object WHERE landed_object.run = run.id LIMIT 1), '') AS name
            FROM run
            WHERE pipeline = ? AND state IN ('COLLECTED', 'QUEUED', 'PROCESSING') AND outcome IS NULL
              AND started_by IS NULL
              AND NOT EXISTS (SELECT 1 FROM attempt WHERE attempt.run = run.id AND called_at IS NOT NULL)
              AND NOT EXISTS (SELECT 1 FROM backfill_run WHERE backfill_run.run = run.id)""",
            pipeline));
  }

  /** A group whose objects were all overwritten while they waited does not count. */
  public void forget(String pipeline, String group) {
    sql.write(
        "UPDATE landed_object SET batch_group = NULL WHERE pipeline = ? AND batch_group = ? AND run IS NULL AND backfill IS NULL",
        pipeline,
        group);
  }

  private static long number(Connection connection, String query) throws SQLException {
    return Sql.query(connection, row -> row.getLong("number"), query).get(0);
  }
}
