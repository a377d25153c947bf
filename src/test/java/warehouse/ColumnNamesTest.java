package warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a table calls its columns, and which names it refuses. */
class ColumnNamesTest {

  private static Optional<String> refused(ColumnNames names, String... columns) {
    return names.refused(Arrays.stream(columns).map(name -> new Column(name, "int")).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zip_code|ZIP_CODE|GET_IGNORE_CASE(value, 'ZIP_CODE')",
        "Zip$2|ZIP$2|GET_IGNORE_CASE(value, 'ZIP$2')",
        "order day|order day|value:\"order day\"",
        "größe|größe|value:\"größe\"",
        "2nd|2nd|value:\"2nd\"",
        "a\"b|a\"b|value:\"a\"\"b\"",
      })
  void a_name_without_quotes_is_found_in_any_case_and_any_other_as_it_is(
      String column, String name, String value) {
    assertThat(ColumnNames.UPPER.of(column)).isEqualTo(name);
    assertThat(ColumnNames.UPPER.value(name)).isEqualTo(value);
    assertThat(ColumnNames.AS_IS.of(column)).isEqualTo(column);
    assertThat(ColumnNames.AS_IS.value("zip_code")).isEqualTo("value:\"zip_code\"");
  }

  @ParameterizedTest
  @CsvSource({
    "UPPER,value",
    "UPPER,Run_id",
    "UPPER,current_date",
    "UPPER,LocalTimestamp",
    "UPPER,metadata$filename",
    "AS_IS,VALUE",
    "AS_IS,RUN_ID",
    "AS_IS,CURRENT_USER",
    "AS_IS,METADATA$x"
  })
  void what_an_external_table_has_already_or_snowflake_reserves_is_refused(
      ColumnNames names, String column) {
    assertThat(refused(names, "ID", column).orElseThrow())
        .startsWith("'" + column + "': the table would call it " + names.of(column))
        .endsWith("; give it another name");
  }

  @Test
  void in_lower_case_such_a_name_is_one_like_any_other_where_it_stays_as_it_is() {
    assertThat(refused(ColumnNames.AS_IS, "value", "run_id", "current_date", "Name", "name"))
        .isEmpty();
  }

  @Test
  void what_has_no_name_or_one_that_is_too_long_is_refused() {
    assertThat(refused(ColumnNames.AS_IS, "id", "")).contains("'': it has no name; give it one");
    assertThat(refused(ColumnNames.UPPER, "x".repeat(255))).isEmpty();
    assertThat(refused(ColumnNames.UPPER, "x".repeat(256)).orElseThrow())
        .endsWith(
            "…': its name has 256 characters, and Snowflake takes 255 and no NUL among them;"
                + " give it another name");
    assertThat(refused(ColumnNames.AS_IS, "a\0b")).isPresent();
  }

  @Test
  void two_columns_that_the_table_would_call_the_same_are_both_named() {
    assertThat(refused(ColumnNames.UPPER, "Name", "id", "name"))
        .contains(
            "'name': the table would call it NAME, and 'Name' too; set warehouse.column-names=as-is, or give one of them another name");
    assertThat(refused(ColumnNames.UPPER, "größe", "GRÖSSE", "Größe")).isEmpty();
  }

  @Test
  void the_job_gets_the_same_rules() {
    assertThat(ColumnNames.UPPER.rules().upperCase()).isTrue();
    assertThat(ColumnNames.AS_IS.rules().upperCase()).isFalse();
    for (String reserved : ColumnNames.UPPER.rules().reserved()) {
      assertThat(refused(ColumnNames.AS_IS, reserved)).isPresent();
    }
    assertThat(ColumnNames.UPPER.rules().reserved())
        .containsAll(List.of("VALUE", "RUN_ID", "CURRENT_DATE", "LOCALTIMESTAMP"));
    assertThat(ColumnNames.UPPER.rules().longest()).isEqualTo(255);
  }
}
