package warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import testing.Iris;

class OwnSqlTest {

  private static final ExternalTable TABLE =
      new ExternalTable(
          new ObjectName(new Identifier("LAKE"), new Identifier("it's"), new Identifier("a\"b")),
          "s3://curated/o'clock/",
          new StageFolder(Iris.warehouse().name(), ""),
          Iris.CURATED_COLUMNS);

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
