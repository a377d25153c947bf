package sparkjob;

import static org.assertj.core.api.Assertions.assertThat;

import contract.JobResult.FailureCause;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkjob.failure.JobFailure;

/** Values that are not written as the job writes them itself. */
@Tag("full")
class ValueFormsTest {
  @TempDir Path folder;
  private Batch batch;

  @BeforeEach
  void no_objects_yet() {
    batch = new Batch(folder);
  }

  private List<String> reasons() {
    return batch.rejected().stream().map(row -> row.get("reason").textValue()).toList();
  }

  private void nullValues(String... values) {
    var list = batch.input().withObject("/forms").putArray("nullValues");
    List.of(values).forEach(list::add);
  }

  @Test
  void texts_that_stand_for_null_are_null_unless_in_quotes() {
    nullValues("NULL", "\\N");
    batch
        .columns("n int, t string")
        .landed("a.csv", "NULL,\\N\n1,\"NULL\"\n2,NULLs\nnull,x\n")
        .run();

    assertThat(batch.rows()).containsExactly("1|NULL", "2|NULLs", "null|null");
    assertThat(reasons()).containsExactly("column n is declared int and holds \"null\"");
  }

  @Test
  void texts_that_stand_for_null_do_not_make_a_column_of_numbers_a_text() {
    nullValues("NA");
    batch.header().landed("a.csv", "n\n1\nNA\n").run();

    assertThat(batch.result().get("schema").findValuesAsText("type")).containsExactly("bigint");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "date | dateFormat | dd.MM.yyyy | 22.11.2026 | 2026-11-22",
        "date | dateFormat | d MMM uu | 3 nov 26 | 2026-11-03",
        "timestamp | timestampFormat | MM/dd/yyyy hh:mm a | 11/22/2026 03:05 PM | 2026-11-22 15:05:00",
        "timestamp | timestampFormat | yyyyMMdd HHmmss XX | 20261122 100000 +0200 | 2026-11-22 08:00:00",
        "timestamp | timestampFormat | yyyy-MM-dd HH:mm VV | 2026-07-01 10:00 Europe/Berlin | 2026-07-01 08:00:00",
        "timestamp_ntz | timestampFormat | dd.MM.yyyy HH:mm:ss.SSS | 22.11.2026 10:00:00.125 | 2026-11-22 10:00:00.125",
        "timestamp | timeZone | America/New_York | 2026-07-01 10:00 | 2026-07-01 14:00:00",
        "timestamp | timeZone | America/New_York | 2026-07-01 10:00Z | 2026-07-01 10:00:00",
        "timestamp_ntz | timeZone | America/New_York | 2026-07-01 10:00 | 2026-07-01 10:00:00",
      })
  void dates_and_timestamps_have_the_declared_form(
      String type, String form, String value, String written, String read) {
    batch
        .form(form, value)
        .columns("a " + type)
        .sql("SELECT CAST(a AS STRING) FROM landed")
        .landed("a.csv", written + "\n")
        .run();
    assertThat(batch.rows()).containsExactly(read);

    Batch json = new Batch(folder.resolve("json")).format("json-lines").form(form, value);
    json.columns("a " + type).sql("SELECT CAST(a AS STRING) FROM landed");
    json.landed("a.json", "{\"a\": \"" + written + "\"}").run();
    assertThat(json.rows()).containsExactly(read);
  }

  @Test
  void a_value_that_has_not_the_declared_form_is_rejected() {
    batch
        .form("dateFormat", "dd.MM.yyyy")
        .form("timeZone", "Europe/Berlin")
        .columns("a date, b timestamp")
        .landed("a.csv", "2026-11-22,\n31.02.2026,\n,2026-03-29 02:30\n")
        .run();

    assertThat(reasons())
        .containsExactly(
            "column a is declared date and holds \"2026-11-22\"",
            "column a is declared date and holds \"31.02.2026\"",
            "column b is declared timestamp and holds \"2026-03-29 02:30\"");
  }

  @ParameterizedTest
  @CsvSource({"ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE", "UTF-16BE"})
  void text_in_another_encoding_is_read(String encoding) {
    Charset charset = Charset.forName(encoding);
    String lines = "1,\"käse\nüber\"\n" + "2,ÿ\n".repeat(100_000);
    batch
        .form("encoding", encoding)
        .columns("n int, t string")
        .sql("SELECT DISTINCT * FROM landed")
        .landed("a.csv", lines.getBytes(charset))
        .landed("b.csv.gz", Batch.gzip("3,é\n".getBytes(charset)))
        .run();

    assertThat(batch.rows()).containsExactly("1|käse\nüber", "2|ÿ", "3|é");
    assertThat(batch.rejected()).isEmpty();
  }

  @Test
  void what_is_no_character_costs_its_own_row_only() {
    byte[] bytes = "1,a\n2,?\n3,€\n".getBytes(Charset.forName("windows-1252"));
    bytes[6] = (byte) 0x81;
    batch.form("encoding", "windows-1252").columns("n int, t string").landed("a.csv", bytes).run();

    assertThat(batch.rows()).containsExactly("1|a", "3|€");
    assertThat(reasons()).containsExactly("it is not windows-1252");
  }

  @Test
  void utf_16_without_a_mark_fails_and_is_named() {
    JobFailure failure =
        batch
            .form("encoding", "UTF-16")
            .columns("n int")
            .landed("a.csv", "1\n".getBytes(StandardCharsets.UTF_16LE))
            .failure();

    assertThat(failure.kind()).isEqualTo(FailureCause.DATA);
    assertThat(failure)
        .hasMessageStartingWith(
            "Cannot read " + batch.uri("a.csv") + " as csv: it has no byte order mark");
  }
}
