package warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.Iris;

class OwnSqlTest {

  private static final ExternalTable TABLE =
      new ExternalTable(
          new ObjectName(new Identifier("LAKE"), new Identifier("it's"), new Identifier("a\"b")),
          "s3://curated/o'clock/",
          new StageFolder(Iris.warehouse().name(), ""),
          Iris.CURATED_COLUMNS,
          List.of(),
          ColumnNames.AS_IS);

  @Test
  void a_placeholder_becomes_a_quoted_name_or_constant() {
    assertThat(
            filled(
                "ALTER EXTERNAL TABLE {table} REFRESH {path}; CALL LOADED({run}, {pipeline}, {location})"))
        .containsExactly(
            "ALTER EXTERNAL TABLE \"LAKE\".\"it's\".\"a\"\"b\" REFRESH 'it''s\\\\/'",
            "CALL LOADED('r-20261122T120000-00002a', 'iris', 's3://curated/o''clock/')");
  }

  @Test
  void a_semicolon_inside_quotes_ends_no_statement() {
    assertThat(filled("SELECT ';' AS \"a;b\";; SELECT 2;"))
        .containsExactly("SELECT ';' AS \"a;b\"", "SELECT 2");
    assertThat(filled("SELECT $$;'$$, 'it\\'s; x' -- don't; stop\n/* ; ' */, 3; SELECT 2"))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("SELECT $$;'$$, 'it\\'s; x'")
        .endsWith(", 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN",
        "begin work",
        "START TRANSACTION",
        "COMMIT",
        "Rollback",
        "USE ROLE X",
        "SET a = 1",
        "ALTER  SESSION SET QUERY_TAG = 'x'"
      })
  void what_would_change_a_session_that_others_use_is_refused(String statement) {
    assertThatThrownBy(() -> OwnSql.parse("SELECT 1; " + statement))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + statement + "'");
  }

  @Test
  void a_placeholder_inside_quotes_is_refused() {
    assertThatThrownBy(() -> OwnSql.parse("REFRESH '{path}'"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'{path}'");
  }

  @Test
  void what_is_no_placeholder_stays() {
    assertThat(filled("SELECT '{\"a\": 1}', '{}'")).containsExactly("SELECT '{\"a\": 1}', '{}'");
  }

  @Test
  void an_unknown_placeholder_an_open_quote_and_nothing_at_all_are_refused() {
    assertThatThrownBy(() -> OwnSql.parse("REFRESH {tabel}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{tabel}")
        .hasMessageContaining("{table}");
    assertThatThrownBy(() -> OwnSql.parse("SELECT 'a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'");
    assertThatThrownBy(() -> OwnSql.parse(" ; "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no statement");
  }

  private static List<String> filled(String script) {
    return OwnSql.parse(script).stream()
        .map(own -> own.filled(TABLE, "iris", Iris.RUN, "it's\\/"))
        .toList();
  }
}
