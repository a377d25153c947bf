package documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Awaiting;

/** What README.md has a newcomer paste into a shell does what it says, to the letter. */
class ReadmeIT {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long QUERY_MINUTES = 2;
  private static final Pattern OWN_PIPELINE =
      Pattern.compile("```sh\\n(cat > sales\\.csv .*?)```", Pattern.DOTALL);
  private static final Pattern PRINTED_QUERY = Pattern.compile("(?m)^ *the table +(java .*)$");

  @Test
  void from_the_demo_to_a_pipeline_of_ones_own_in_one_block(@TempDir Path folder)
      throws IOException, InterruptedException {
    Matcher block = OWN_PIPELINE.matcher(Files.readString(Path.of("README.md")));
    assertThat(block.find()).as("README.md has the block").isTrue();
    Path log = folder.resolve("demo.log");
    Process demo = shell(folder, fromElsewhere(block.group(1)), log);
    try {
      Awaiting.until(
          "the demo has printed how the table is queried",
          PATIENCE,
          () -> query(log).isPresent() || !demo.isAlive());
      String output = Files.readString(log);
      assertThat(output)
          .contains("made for ", "example-curated, example-landing", "SUCCEEDED", "27.00");

      Path answer = folder.resolve("answer.log");
      Process query = shell(folder, query(log).orElseThrow(), answer);
      assertThat(query.waitFor(QUERY_MINUTES, TimeUnit.MINUTES)).isTrue();
      assertThat(Files.readString(answer)).contains("DE", "27.00", "FR", "5.00", "(2 rows)");
    } finally {
      List<ProcessHandle> all = demo.descendants().toList();
      all.forEach(ProcessHandle::destroy);
      demo.destroy();
      assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  /** The block is for the root of a checkout, which no test may write into. */
  private static String fromElsewhere(String block) {
    return block.replace("./demo.sh", "'%s'".formatted(Path.of("demo.sh").toAbsolutePath()));
  }

  private static Optional<String> query(Path log) throws IOException {
    Matcher printed = PRINTED_QUERY.matcher(Files.readString(log));
    return printed.find() ? Optional.of(printed.group(1)) : Optional.empty();
  }

  private static Process shell(Path folder, String commands, Path output) throws IOException {
    return new ProcessBuilder("sh", "-eu", "-c", commands)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }
}
