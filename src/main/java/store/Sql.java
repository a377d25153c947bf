package store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** The little of JDBC that the store needs: one transaction, one statement, one row. */
final class Sql {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final DataSource source;
  private final String file;
  private final Lock writing;
  private final AtomicLong changes;

  /**
   * @param file the database's file, for the message of a failure
   * @param writing the lock of the writer
   * @param changes counts the transactions that were committed
   */
  Sql(DataSource source, String file, Lock writing, AtomicLong changes) {
    this.source = source;
    this.file = file;
    this.writing = writing;
    this.changes = changes;
  }

  /** Work that is done completely or not at all. */
  @FunctionalInterface
  interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  /** Makes a value of the present row. */
  @FunctionalInterface
  interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** Waits for its turn before it takes a connection, so that waiting writers block no reader. */
  <T> T transaction(Work<T> inFlight) {
    writing.lock();
    try {
      return written(inFlight);
    } finally {
      writing.unlock();
    }
  }

  private <T> T written(Work<T> inFlight) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = inFlight.in(connection);
        // This commits, and unlike commit() begins no other transaction.
        connection.setAutoCommit(true);
        changes.incrementAndGet();
        return result;
      } catch (Throwable failure) {
        // Also after an Error: autocommit, switched on again, would commit what is half done.
        rollBack(connection, failure);
        throw failure;
      }
    } catch (SQLException e) {
      throw StoreException.ofTransaction(file, e);
    }
  }

  /**
   * SQLite may have rolled back by itself, as on a full disk; the original failure is the one to
   * report.
   */
  private static void rollBack(Connection connection, Throwable failure) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /** Reads, without blocking a writer. */
  <T> T read(Work<T> inFlight) {
    try (Connection connection = source.getConnection()) {
      return inFlight.in(connection);
    } catch (SQLException e) {
      throw new StoreException(file, e);
    }
  }

  <T> List<T> query(Row<T> row, String sql, Object... values) {
    return read(connection -> query(connection, row, sql, values));
  }

  /** The first row, where there is one. */
  <T> Optional<T> first(Row<T> row, String sql, Object... values) {
    return read(connection -> first(connection, row, sql, values));
  }

  static <T> Optional<T> first(Connection connection, Row<T> row, String sql, Object... values)
      throws SQLException {
    return query(connection, row, sql, values).stream().findFirst();
  }

  /** Executes the statement in a transaction of its own, and says how many rows it changed. */
  int write(String sql, Object... values) {
    return transaction(connection -> update(connection, sql, values));
  }

  static <T> List<T> query(Connection connection, Row<T> row, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepared(connection, sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> result = new ArrayList<>();
      while (rows.next()) {
        result.add(row.of(rows));
      }
      return result;
    }
  }

  static int update(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepared(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  /** Executes the statement once for each row of values, and adds up how many rows it changed. */
  static int batch(Connection connection, String sql, List<Object[]> rows) throws SQLException {
    return IntStream.of(each(connection, sql, rows)).sum();
  }

  /**
   * Executes the statement once for each row of values, and returns for each how many rows it
   * changed.
   */
  static int[] each(Connection connection, String sql, List<Object[]> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Object[] values : rows) {
        bind(statement, values);
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(Sql::instant);
  }

  /**
   * Reads a time as this class writes it, by the places of its digits: where thousands are read,
   * {@link Instant#parse} would take most of the time.
   */
  static Instant instant(String text) {
    return LocalDateTime.of(
            digits(text, 0, 4),
            digits(text, 5, 7),
            digits(text, 8, 10),
            digits(text, 11, 13),
            digits(text, 14, 16),
            digits(text, 17, 19),
            digits(text, 20, 29))
        .toInstant(ZoneOffset.UTC);
  }

  private static int digits(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    bind(statement, values);
    return statement;
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i] instanceof Optional<?> optional ? optional.orElse(null) : values[i];
      if (value instanceof Instant time) {
        statement.setString(i + 1, TIME.format(time));
      } else if (value instanceof Enum<?> word) {
        statement.setString(i + 1, word.name());
      } else if (value instanceof String || value instanceof Number || value == null) {
        statement.setObject(i + 1, value);
      } else {
        throw new IllegalArgumentException("Cannot bind a " + value.getClass());
      }
    }
  }
}
