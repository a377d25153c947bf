package localcloud.snowflake;

import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** More rows than come with one answer. */
class LargeResultTest extends Contract {

  private static final int ROWS = 45_678;

  @Test
  @Cites("developer-guide/jdbc/jdbc-using")
  void every_row_of_a_large_result_comes_once_and_in_order() throws Exception {
    parquet(
        "t/a.parquet",
        "SELECT i AS n, CASE i % 3 WHEN 0 THEN NULL WHEN 1 THEN 'é \"' || i || '\",[x]\\' ELSE '' END"
            + " AS s FROM range("
            + ROWS
            + ") t(i)");
    run(
        connection,
        table("T", "N INT AS (value:n::int), S VARCHAR AS (value:s::varchar)", "t"),
        "ALTER EXTERNAL TABLE T REFRESH");
    int next = 0;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT N, S FROM T ORDER BY N")) {
      while (rows.next()) {
        assertThat(rows.getInt(1)).isEqualTo(next);
        assertThat(rows.getString(2)).isEqualTo(text(next));
        next++;
      }
    }
    assertThat(next).isEqualTo(ROWS);
  }

  private static String text(int n) {
    return switch (n % 3) {
      case 0 -> null;
      case 1 -> "é \"" + n + "\",[x]\\";
      default -> "";
    };
  }
}
