package browser;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import run.RunId;

/**
 * Runs of the last days, written into the store of a service that does not run, so that a picture
 * shows a service that has been at work.
 */
final class PastRuns {

  private static final DateTimeFormatter STORED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Path store;
  private final Instant now;
  private final Random random = new Random(1);
  private int next = 1;

  PastRuns(Path store, Instant now) {
    this.store = store;
    this.now = now;
  }

  /**
   * Writes runs of a pipeline.
   *
   * @param every how far they are apart
   * @param took how long they took, about
   * @param failed which of them failed, 1 for the newest
   */
  void of(String pipeline, int number, Duration every, Duration took, Set<Integer> failed)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store)) {
      for (int age = number; age >= 1; age--) {
        Instant begun = now.minus(every.multipliedBy(age)).plusSeconds(random.nextInt(90));
        Instant ended = begun.plusSeconds((long) (took.toSeconds() * (0.7 + random.nextDouble())));
        write(connection, pipeline, begun, ended, !failed.contains(age));
      }
    }
  }

  private void write(
      Connection connection, String pipeline, Instant begun, Instant ended, boolean hasSucceeded)
      throws SQLException {
    String id = RunId.create(begun, next++).value();
    String state = hasSucceeded ? "SUCCEEDED" : "FAILED";
    long rows = 40_000L + random.nextInt(20_000);
    insert(
        connection,
        """
        INSERT INTO run (id, pipeline, state, version, created_at, state_since, objects, bytes, rows_read, rows_written,
          rows_rejected, first_attempt, outcome, outcome_message, failure_kind, failure_remedy, may_be_in_table)
        VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)""",
        id,
        pipeline,
        state,
        STORED.format(begun),
        STORED.format(ended),
        1 + random.nextInt(12),
        rows * 120,
        hasSucceeded ? rows + 3 : null,
        hasSucceeded ? rows : null,
        hasSucceeded ? random.nextInt(8) / 5 : null,
        state,
        hasSucceeded ? "%,d rows are in the table".formatted(rows) : "No instances could be had",
        hasSucceeded ? null : "CAPACITY",
        hasSucceeded ? null : "Retry the run",
        hasSucceeded ? 1 : 0);
    insert(
        connection,
        "INSERT INTO run_state (run, state, since) VALUES (?, ?, ?)",
        id,
        state,
        STORED.format(ended));
  }

  private static void insert(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
