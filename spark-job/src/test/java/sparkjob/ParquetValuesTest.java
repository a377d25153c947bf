package sparkjob;

import static org.assertj.core.api.Assertions.assertThat;

import contract.JobResult;
import contract.JobResult.FailureCause;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sparkjob.failure.JobFailure;

/**
 * What other writers put into Parquet is read as it is, or refused with object, column and reason.
 * The files are made by {@code src/test/resources/parquet/make.py}.
 */
@Tag("full")
class ParquetValuesTest {
  @TempDir Path folder;
  private Batch batch;

  @BeforeEach
  void parquet() {
    batch = new Batch(folder).format("parquet");
  }

  private Batch landed(String file) throws IOException {
    return batch.landed(file, bytes(file));
  }

  private static byte[] bytes(String file) throws IOException {
    try (InputStream in = ParquetValuesTest.class.getResourceAsStream("/parquet/" + file)) {
      return in.readAllBytes();
    }
  }

  private void assertData(String message) {
    JobFailure failure = batch.failure();
    assertThat(failure).hasMessageContaining(message);
    assertThat(failure.kind()).isEqualTo(FailureCause.DATA);
    assertThat(failure.objects()).hasSize(1);
    assertThat(failure).hasMessageContaining(failure.objects().get(0));
  }

  @Test
  void an_int96_of_before_1900_is_the_timestamp_that_was_written() throws IOException {
    landed("int96.parquet").sql("SELECT n, CAST(t AS STRING) FROM landed").run();

    assertThat(batch.rows())
        .containsExactly("1|1900-01-01 12:00:00", "2|2023-11-14 22:13:20.123456");
  }

  @Test
  void nanoseconds_that_are_whole_microseconds_are_timestamps() throws IOException {
    landed("nanos.parquet").run();

    assertThat(batch.result().get("schema").findValuesAsText("type"))
        .containsExactly("bigint", "timestamp_ntz", "timestamp");
    assertThat(batch.rows())
        .containsExactly(
            "1|1969-12-31T23:59:59.999999|null",
            "2|2023-11-14T22:13:20.123456|2023-11-14 22:13:20.123456");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void objects_of_nanoseconds_and_of_microseconds_are_read_together(boolean merged)
      throws IOException {
    landed("micros.parquet");
    landed("nanos.parquet").sql("SELECT DISTINCT t FROM landed");
    if (merged) {
      batch.merge();
    }
    batch.run();

    assertThat(batch.rows())
        .containsExactly("1969-12-31T23:59:59.999999", "2023-11-14T22:13:20.123456");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nanos-cut.parquet", "int96-nanos.parquet"})
  void nanoseconds_are_never_cut_in_silence(String file) throws IOException {
    landed("micros.parquet").columns("n bigint, t timestamp_ntz");
    batch.manifest().withArray("objects").removeAll();
    landed(file).input().remove("columns");

    assertData("Cannot read the column t of ");
    assertData("it has a timestamp with nanoseconds (…789)");

    batch.columns("n bigint").run();
    assertThat(batch.rows()).containsExactly("1", "2");
  }

  @ParameterizedTest
  @CsvSource({
    "nanos-nested.parquet, s, nanoseconds within a nested type",
    "time.parquet, c, 'TIME(MICROS'",
    "uuid.parquet, c, UUID",
    "decimal50.parquet, c, 'DECIMAL(50,0)'",
    "brotli.parquet, c, 'compressed with BROTLI, for which Spark has no codec'",
  })
  void what_spark_does_not_read_is_named_and_keeps_no_other_column_from_being_read(
      String file, String column, String why) throws IOException {
    landed(file);
    assertData("Cannot read the column %s of ".formatted(column));
    assertData(why);

    batch.columns("n bigint").run();
    assertThat(batch.rows()).containsExactly("1", "2");
  }

  @Test
  void a_type_that_is_newer_than_spark_is_named() throws IOException {
    landed("float16.parquet");

    assertData("Cannot read the column c of ");
  }

  @Test
  void an_interval_is_named() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required int64 n; required fixed_len_byte_array(12) c (INTERVAL); }");
    Path file = folder.resolve("interval");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toString()))
            .withType(schema)
            .build()) {
      Group row = new SimpleGroupFactory(schema).newGroup().append("n", 1L);
      row.add("c", Binary.fromConstantByteArray(new byte[12]));
      writer.write(row);
    }
    batch.landed("interval.parquet", Files.readAllBytes(file));

    assertData("Cannot read the column c of ");
    assertData("INTERVAL");
  }

  @Test
  void doubles_whose_bytes_are_split_are_read() throws IOException {
    landed("split.parquet").run();

    assertThat(batch.rows()).containsExactly("1|1.5", "2|2.5");
  }

  @Test
  void whole_numbers_whose_bytes_are_split_are_read_or_the_encoding_is_named() throws IOException {
    landed("split-int.parquet");
    if (LocalSpark.session().version().startsWith("3.")) {
      assertData("Cannot read the column c of ");
      assertData("its encoding is BYTE_STREAM_SPLIT");
    } else {
      batch.run();
      assertThat(batch.rows()).containsExactly("1|1", "2|2");
    }
  }

  @ParameterizedTest
  @CsvSource({"twice.parquet, a", "twice-nested.parquet, s.a"})
  void a_column_or_a_member_that_is_there_twice_is_named(String file, String name)
      throws IOException {
    landed(file);

    assertData("has the column %s twice".formatted(name));
  }

  @Test
  void members_that_differ_in_case_only_are_kept_apart() throws IOException {
    landed("case-nested.parquet").run();

    assertThat(batch.result().at("/schema/1/type").textValue())
        .isEqualTo("struct<a:bigint,A:string>");
    assertThat(batch.result().at("/rows/written").intValue()).isEqualTo(2);
  }

  @Test
  void a_flipped_byte_in_a_page_with_a_checksum_is_damage() throws IOException {
    landed("checksum.parquet");

    assertData("its content is damaged");
    assertData("CRC");
  }

  @Test
  void notes_beside_parquet_are_skipped_and_told() throws IOException {
    batch
        .landed("_SUCCESS", new byte[0])
        .landed("in_$folder$", new byte[0])
        .landed("empty.parquet", new byte[0])
        .landed("_committed_1", "{}".getBytes(StandardCharsets.UTF_8))
        .landed("_metadata", bytes("split.parquet"))
        .landed(".part.parquet.crc", "crc\0".getBytes(StandardCharsets.UTF_8));

    JobResult none = batch.run();
    assertThat(none.rows()).isEqualTo(new JobResult.Rows(0, 0, 0));
    assertThat(none.details().skipped()).hasSize(6);
    assertThat(batch.list("curated")).isEmpty();

    landed("split.parquet");
    JobResult result = batch.run();

    assertThat(result.rows()).isEqualTo(new JobResult.Rows(2, 2, 0));
    assertThat(result.details().skipped())
        .contains(
            new JobResult.Skipped(batch.uri("_SUCCESS"), "it has no bytes"),
            new JobResult.Skipped(
                batch.uri("_committed_1"),
                "it is no Parquet, and its name is that of a note beside it"))
        .hasSize(6);
    assertThat(batch.result().at("/skipped/0/uri").textValue()).isEqualTo(batch.uri("_SUCCESS"));
  }

  @Test
  void parquet_that_spark_would_pass_over_is_refused() throws IOException {
    batch.landed("_part.parquet", bytes("split.parquet"));

    assertData("land it under another name");
  }
}
