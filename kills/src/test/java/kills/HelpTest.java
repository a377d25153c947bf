package kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HelpTest {

  @Test
  void help_is_printed_to_standard_output_and_is_no_mistake()
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Kills.class.getName(),
                    "--help"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();

    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(printed).startsWith("Usage: ").contains("--together N");
    assertThat(process.waitFor()).isZero();
  }
}
