package localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelpTest {

  @ParameterizedTest
  @CsvSource({
    "localcloud.LocalCloud, --help, --snowflake-setup FILE",
    "localcloud.LocalCloud, -h, --snowflake-setup FILE",
    "localcloud.demo.Demo, --help, --pipeline P",
    "localcloud.Tool, --help, put S3-ENDPOINT FILE",
    "localcloud.snowflake.Sql, --help, JDBC-URL STATEMENT"
  })
  void help_is_printed_to_standard_output_and_is_no_mistake(
      String program, String wish, String contained) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    program,
                    wish))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();

    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(printed).startsWith("Usage: ").contains(contained);
    assertThat(process.waitFor()).isZero();
  }
}
