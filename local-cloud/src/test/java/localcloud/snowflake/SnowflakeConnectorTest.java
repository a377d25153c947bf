package localcloud.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import localcloud.python.PythonClient;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The core of the driver-level tests again, by <a
 * href="https://docs.snowflake.com/en/developer-guide/python-connector/python-connector">Snowflake's
 * connector for Python</a>, each line of it that is installed.
 */
class SnowflakeConnectorTest {

  @TempDir Path folder;

  static List<PythonClient> connectors() throws Exception {
    return PythonClient.having("snowflake.connector");
  }

  @ParameterizedTest
  @MethodSource("connectors")
  void python_s_connector_reads_external_tables_times_out_and_cancels(PythonClient connector)
      throws Exception {
    try (Account account = new Account(folder);
        Connection connection = account.lake()) {
      account.parquet("t/a.parquet", "SELECT 1 AS n, 'one' AS s UNION ALL SELECT 2, 'zwei ü'");
      account.parquet("big/a.parquet", "SELECT i AS n FROM range(25000) r(i)");
      Account.run(
          connection,
          Account.table("BIG", "N INT AS (value:n::int)", "big"),
          "ALTER EXTERNAL TABLE BIG REFRESH");

      String told =
          connector.run(
              "snowflake_connector.py",
              Map.of("SNOWFLAKE_HOME", folder.toString(), "PYTHONWARNINGS", "ignore"),
              String.valueOf(account.server.port()));

      assertThat(told.lines())
          .containsExactly(
              "before refresh: [(0,)]",
              "refresh: ['REGISTERED_NEW']",
              "rows: [(1, 'one'), (2, 'zwei ü')]",
              "bound by the client: [('zwei ü',)]",
              "types: [(Decimal('1.50'), datetime.date(2026, 2, 3), True, None,"
                  + " datetime.datetime(2026, 2, 3, 4, 5, 6, 789000))]",
              "offset: 2026-01-01T12:00:00+05:30",
              "portions: 25000 312487500",
              "rolled back: [(2,)]",
              "missing: 002003 42S02",
              "unknown: 001003 42000",
              "timeout: 000630 57014",
              "running: True",
              "fetched: [('waited 1 seconds',)]",
              "aborted: True",
              "ended as: FAILED_WITH_ERROR",
              "cancelled: query [id] terminated.",
              "ended as: FAILED_WITH_ERROR",
              "again: Identified SQL statement is not currently executing.",
              "bound by the server: [('one',)]",
              "closed: True",
              "threads: []");
    }
  }
}
