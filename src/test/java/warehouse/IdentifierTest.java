package warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

  private static final List<String> PIECES =
      List.of(
          "\"",
          "\"\"",
          "'",
          "''",
          "\\",
          "\\\"",
          ";",
          "--",
          "/*",
          "*/",
          "\n",
          "\r",
          "\t",
          " ",
          ".",
          "$$",
          "$",
          "_",
          "a",
          "Z",
          "0",
          "é",
          "\u0130",
          "\u202e",
          "\ud83c\udf38",
          "\u0000",
          "`",
          "DROP TABLE X",
          "@~",
          "%",
          "{{",
          "}}");

  @ParameterizedTest
  @CsvSource({
    "iris, IRIS",
    "Iris_2$, IRIS_2$",
    "_x, _X",
    "title, TITLE",
    "'\"iris\"', iris",
    "'\"two words\"', two words",
    "'\"a\"\"b\"', a\"b",
    "'\";DROP TABLE X;--\"', ;DROP TABLE X;--"
  })
  void a_written_name_is_stored_as_snowflake_would_store_it(String written, String value) {
    assertThat(Identifier.parse(written).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "two words",
        "1st",
        "a.b",
        "a;b",
        "a-b",
        "a\"b",
        "\"",
        "\"\"",
        "\"a",
        "a\"",
        "\"a\"b\"",
        "\"a\" ",
        "\"a\n\"\n",
        "\"\u0000\"",
        "é",
        "ıd"
      })
  void anything_else_is_refused(String written) {
    assertThatThrownBy(() -> Identifier.parse(written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + written + "'");
  }

  @Test
  void a_name_is_at_most_255_characters_long() {
    assertThat(Identifier.parse("a".repeat(255)).value()).hasSize(255);
    assertThatThrownBy(() -> Identifier.parse("a".repeat(256)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_name_of_any_length_is_refused_and_not_choked_on() {
    assertThatThrownBy(() -> Identifier.parse("\"" + "a".repeat(1_000_000) + "\""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void no_hostile_name_leaves_its_quotes() {
    Random random = new Random(42);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      String name = hostile(random);
      if (name.isEmpty() || name.length() > 255 || name.indexOf(0) >= 0) {
        assertThatThrownBy(() -> new Identifier(name)).isInstanceOf(IllegalArgumentException.class);
      } else {
        assertThat(unquoted(new Identifier(name).sql())).isEqualTo(name);
        accepted++;
      }
    }
    assertThat(accepted).isGreaterThan(10_000);
  }

  @Test
  void what_is_written_is_read_back_from_its_own_sql() {
    Random random = new Random(43);
    for (int i = 0; i < 20_000; i++) {
      String written = hostile(random);
      try {
        Identifier identifier = Identifier.parse(written);
        assertThat(Identifier.parse(identifier.sql())).isEqualTo(identifier);
        assertThat(Identifier.parse(identifier.toString())).isEqualTo(identifier);
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageContaining(written);
      }
    }
  }

  @Test
  void no_hostile_text_leaves_its_literal() {
    Random random = new Random(44);
    for (int i = 0; i < 20_000; i++) {
      String text = hostile(random);
      assertThat(unescaped(Literal.of(text))).isEqualTo(text);
    }
  }

  /** Reads a quoted identifier by Snowflake's rule, character by character. */
  private static String unquoted(String sql) {
    return inner(sql, '"', false);
  }

  /** Reads a string constant by Snowflake's rules, character by character. */
  private static String unescaped(String sql) {
    return inner(sql, '\'', true);
  }

  private static String inner(String sql, char quote, boolean backslashes) {
    assertThat(sql.charAt(0)).isEqualTo(quote);
    StringBuilder text = new StringBuilder();
    int at = 1;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == quote) {
        if (at == sql.length() - 1) {
          return text.toString();
        }
        assertThat(sql.charAt(at + 1)).as("end of %s at %d", sql, at).isEqualTo(quote);
        at++;
      } else if (c == '\\' && backslashes) {
        at++;
        assertThat(sql.charAt(at)).isEqualTo('\\');
      }
      text.append(sql.charAt(at));
      at++;
    }
    throw new AssertionError(sql + " has no end");
  }

  private static String hostile(Random random) {
    StringBuilder name = new StringBuilder();
    int pieces = random.nextInt(8);
    for (int i = 0; i < pieces; i++) {
      name.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return random.nextInt(4) == 0 ? "\"" + name + "\"" : name.toString();
  }
}
