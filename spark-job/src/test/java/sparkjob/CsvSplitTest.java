package sparkjob;

import static org.assertj.core.api.Assertions.assertThat;

import contract.JobResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sparkjob.text.CsvRecords;
import sparkjob.text.CsvStart;
import sparkjob.text.CsvSyntax;
import sparkjob.text.Window;

/** CSV that is cut anywhere, also within quotes, gives the rows of the uncut one. */
class CsvSplitTest {
  @TempDir Path folder;

  @Test
  void a_split_finds_its_first_record_wherever_it_begins() throws IOException {
    byte[] csv = csv(200, 7).getBytes(StandardCharsets.UTF_8);
    List<Long> begins = begins(csv);
    CsvStart start = new CsvStart(CsvSyntax.DEFAULT, 3);

    int wrong = 0;
    for (int cut = 1; cut < csv.length - 2_000; cut++) {
      int at = cut;
      long expected = begins.stream().filter(begin -> begin >= at).findFirst().orElseThrow();
      wrong +=
          cut - 1 + start.find(Arrays.copyOfRange(csv, cut - 1, csv.length)) == expected ? 0 : 1;
    }

    assertThat(wrong).isZero();
  }

  @Test
  void a_large_object_with_line_ends_in_quotes_is_read_in_parts_and_whole() {
    String csv = csv(150_000, 3);
    Batch batch =
        new Batch(folder)
            .landed("a.csv", csv)
            .columns("n int, t string, d double")
            .sql("SELECT COUNT(*), COUNT(DISTINCT n), SUM(LENGTH(t)) FROM landed");

    JobResult result = batch.run();

    assertThat(csv.length()).isGreaterThan(3 * (4 << 20));
    assertThat(result.rows()).isEqualTo(new JobResult.Rows(150_000, 1, 0));
    assertThat(batch.rows()).singleElement().asString().startsWith("150000|150000|");
  }

  @Test
  void a_split_that_guessed_wrong_is_found_out_and_the_object_is_read_whole() {
    // Within quotes, text that looks exactly like records: no guess can be right everywhere.
    StringBuilder csv = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      csv.append(i).append(",\"");
      csv.append("7,x,1.5\n".repeat(20_000));
      csv.append("\",1.5\n");
    }
    Batch batch =
        new Batch(folder).landed("a.csv", csv.toString()).columns("n int, t string, d double");

    JobResult result = batch.run();

    assertThat(result.rows()).isEqualTo(new JobResult.Rows(60, 60, 0));
    assertThat(batch.rejected()).isEmpty();
  }

  private static String csv(int rows, int seed) {
    Random random = new Random(seed);
    StringBuilder csv = new StringBuilder();
    String[] words = {"a", "line\nend", "cr\r\nlf", "\"\"", ", ", "word ", "1,2\n", "\n\n"};
    for (int i = 0; i < rows; i++) {
      csv.append(i).append(",\"");
      for (int word = random.nextInt(40); word >= 0; word--) {
        csv.append(words[random.nextInt(words.length)]);
      }
      csv.append("\",").append(random.nextInt(100)).append(random.nextBoolean() ? "\n" : "\r\n");
    }
    return csv.toString();
  }

  private static List<Long> begins(byte[] csv) throws IOException {
    CsvRecords records =
        new CsvRecords(
            new Window(new ByteArrayInputStream(csv), 0), Long.MAX_VALUE, CsvSyntax.DEFAULT);
    List<Long> begins = new ArrayList<>();
    long begin = records.position();
    while (records.next()) {
      begins.add(begin);
      begin = records.position();
    }
    return begins;
  }
}
