package warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Columns that are nested, or whose names are no plain ones. */
class UnusualColumnsTest extends OnALake {

  @Test
  void nested_columns_can_be_queried_for_their_members() {
    Loading loading = new Loading(lake, "nested");

    loading.run(
        List.of(
            new Column("LINES", "array<struct<sku:string,qty:int>>"),
            new Column("at", "struct<lat:double,lon:double>"),
            new Column("MORE", "map<string,int>")),
        """
        SELECT [{'sku': 'a-1', 'qty': 2}] AS "LINES", {'lat': 1.5, 'lon': 2.5} AS "at",
          MAP {'k': 7} AS "MORE"
        """);

    assertThat(
            loading.rows(
                """
                SELECT LINES[0]:sku::VARCHAR AS SKU, LINES[0]:qty::NUMBER AS QTY,
                  "at":lon::DOUBLE AS LON, LINES IS NULL AS NONE
                FROM {table}
                """))
        .hasSize(1)
        .first()
        .satisfies(
            row -> {
              assertThat(row.get("SKU")).isEqualTo("a-1");
              assertThat(row.get("QTY")).hasToString("2");
              assertThat(row.get("LON")).isEqualTo(2.5);
              assertThat(row.get("NONE")).isEqualTo(false);
            });
  }

  @Test
  void names_with_spaces_dots_quotes_unicode_and_reserved_words_are_columns_as_they_are() {
    Loading loading = new Loading(lake, "names");

    loading.run(
        List.of(
            new Column("order day", "string"),
            new Column("a.b", "int"),
            new Column("say \"hi\"", "string"),
            new Column("größe 数", "int"),
            new Column("SELECT", "int"),
            new Column("table", "int")),
        """
        SELECT 'd' AS "order day", 1 AS "a.b", 'q' AS "say ""hi\""", 2 AS "größe 数",
          3 AS "SELECT", 4 AS "table"
        """);

    assertThat(
            loading.rows(
                """
                SELECT "order day", "a.b", "say ""hi\""", "größe 数", "SELECT", "table" FROM {table}
                """))
        .singleElement()
        .asString()
        .isEqualTo("{order day=d, a.b=1, say \"hi\"=q, größe 数=2, SELECT=3, table=4}");
  }
}
