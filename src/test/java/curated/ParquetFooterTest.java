package curated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import contract.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import testing.Lake;

/** What a Parquet file's footer says, in Spark's words. */
class ParquetFooterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1::TINYINT|tinyint",
        "1::SMALLINT|smallint",
        "1::INTEGER|int",
        "1::BIGINT|bigint",
        "1::UTINYINT|smallint",
        "1::UINTEGER|bigint",
        "1::UBIGINT|decimal(20,0)",
        "1::FLOAT|float",
        "1::DOUBLE|double",
        "true|boolean",
        "1.5::DECIMAL(9,2)|decimal(9,2)",
        "1.5::DECIMAL(18,4)|decimal(18,4)",
        "1.5::DECIMAL(38,10)|decimal(38,10)",
        "DATE '2026-11-22'|date",
        "TIMESTAMP '2026-11-22 12:00:00'|timestamp_ntz",
        "TIMESTAMPTZ '2026-11-22 12:00:00+00'|timestamp",
        "'a'|string",
        "'a'::BLOB|binary",
        "[1, 2]|array<int>",
        "{'a': 1, 'b': ['x']}|struct<a:int,b:array<string>>",
        "MAP {'a': 1.5::DOUBLE}|map<string,double>",
        "[{'a': [MAP {1: 'b'}]}]|array<struct<a:array<map<int,string>>>>",
      })
  void types_are_named_as_spark_reads_them(String value, String type) {
    ParquetFooter footer = footer(Lake.parquet("SELECT %s AS \"Col x\"".formatted(value)));

    assertThat(footer.columns()).containsExactly(new Column("Col x", type));
    assertThat(footer.rows()).isEqualTo(1);
  }

  @Test
  void what_spark_cannot_read_is_refused_by_column_and_type() {
    assertRefused(
        Lake.parquet("SELECT TIME '12:00:00' AS t"), "has t of Parquet's type INT64 TIME");
    assertRefused(
        Lake.parquet("SELECT uuid() AS u"), "has u of Parquet's type FIXED_LEN_BYTE_ARRAY UUID");
    assertRefused(
        Lake.parquet("SELECT '2026-11-22'::TIMESTAMP_NS AS n"),
        "has n of Parquet's type INT64 TIMESTAMP_NANOS, which Spark cannot read");
  }

  @Test
  void spark_s_old_timestamps_and_lists_of_old_writers_are_known() {
    SchemaElement list = group("l", FieldRepetitionType.OPTIONAL, 1);
    list.setConverted_type(ConvertedType.LIST);

    assertThat(
            ParquetTypes.columns(
                List.of(
                    group("root", FieldRepetitionType.REQUIRED, 3),
                    leaf("t", FieldRepetitionType.OPTIONAL, Type.INT96),
                    list,
                    leaf("array", FieldRepetitionType.REPEATED, Type.INT32),
                    leaf("r", FieldRepetitionType.REPEATED, Type.DOUBLE))))
        .containsExactly(
            new Column("t", "timestamp"),
            new Column("l", "array<int>"),
            new Column("r", "array<double>"));
  }

  @Test
  void what_is_no_whole_parquet_file_is_refused() {
    byte[] sound = Lake.parquet("SELECT 1 AS a");
    byte[] encrypted = sound.clone();
    encrypted[encrypted.length - 1] = 'E';
    byte[] damaged = sound.clone();
    Arrays.fill(damaged, damaged.length - 60, damaged.length - 8, (byte) -1);
    byte[] tooLong = sound.clone();
    tooLong[tooLong.length - 5] = 1;

    assertRefused(Arrays.copyOf(sound, sound.length - 3), "is no Parquet file, or a truncated");
    assertRefused("a,b\n1,2\n3,4\n5,6\n".getBytes(StandardCharsets.UTF_8), "is no Parquet file");
    assertRefused(new byte[3], "is no Parquet file: it has 3 bytes");
    assertRefused(encrypted, "is encrypted");
    assertRefused(damaged, "is a damaged Parquet file: its footer cannot be read");
    assertRefused(tooLong, "is a damaged Parquet file: its footer has no sound length");
  }

  @Test
  void no_damage_of_a_footer_gets_further_than_a_refusal() {
    byte[] sound = Lake.parquet("SELECT 1 AS a, {'b': ['x']} AS s, MAP {1: 2.5} AS m");
    int length = ParquetFooter.length(sound, sound.length);
    int from = sound.length - ParquetFooter.TAIL - length;

    for (int at = from; at < from + length; at++) {
      for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
        byte[] damaged = sound.clone();
        damaged[at] = (byte) value;
        try {
          footer(damaged);
        } catch (IllegalArgumentException e) {
          assertThat(e).hasMessageMatching("(is|has) .*");
        }
      }
    }
  }

  private static SchemaElement group(String name, FieldRepetitionType repetition, int children) {
    SchemaElement element = new SchemaElement(name);
    element.setRepetition_type(repetition);
    element.setNum_children(children);
    return element;
  }

  private static SchemaElement leaf(String name, FieldRepetitionType repetition, Type type) {
    SchemaElement element = new SchemaElement(name);
    element.setRepetition_type(repetition);
    element.setType(type);
    return element;
  }

  private static void assertRefused(byte[] file, String problem) {
    assertThatThrownBy(() -> footer(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(problem);
  }

  private static ParquetFooter footer(byte[] file) {
    int length = ParquetFooter.length(file, file.length);
    int from = file.length - ParquetFooter.TAIL - length;
    return ParquetFooter.read(Arrays.copyOfRange(file, from, from + length));
  }
}
