package store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import run.RunId;

/** What is told of a run and never searched: of each type one record, kept as JSON. */
final class RunReports {

  private static final JsonMapper MAPPER = JsonMapper.builder().addModule(new Jdk8Module()).build();

  private RunReports() {}

  /** Writes it down in place of the one of its type that the run had before. */
  static void write(Connection connection, RunId run, Record report) throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO run_report (run, type, json) VALUES (?, ?, ?)
        ON CONFLICT (run, type) DO UPDATE SET json = excluded.json""",
        run.value(),
        report.getClass().getSimpleName(),
        json(report));
  }

  static <T extends Record> Optional<T> read(Connection connection, RunId run, Class<T> type)
      throws SQLException {
    return Sql.first(
            connection,
            row -> value(row.getString("json"), type),
            "SELECT json FROM run_report WHERE run = ? AND type = ?",
            run.value(),
            type.getSimpleName());
  }

  private static String json(Record report) {
    try {
      return MAPPER.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + report, e);
    }
  }

  private static <T> T value(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read %s".formatted(json), e);
    }
  }
}
