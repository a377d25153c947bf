package kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The packaged service against the stand-ins, killed where it hurts most: the campaign in its short
 * form. {@code ./bench/run.sh kills} plays all of it.
 */
class KillsIT {

  private static final long PATIENCE_MINUTES = 15;
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Path OUTPUT = Path.of("target/kills-it.log").toAbsolutePath();

  @Test
  void nothing_is_lost_doubled_or_left_running_wherever_the_service_is_killed()
      throws IOException, InterruptedException {
    for (String built :
        List.of("target/quarkus-app/quarkus-run.jar", "local-cloud/target/local-cloud.jar")) {
      assertThat(HOME.resolve(built)).as("`mvn verify` at the root builds it").exists();
    }
    Process harness =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Kills.class.getName(),
                    "--short"))
            .directory(HOME.toFile())
            .redirectErrorStream(true)
            .redirectOutput(OUTPUT.toFile())
            .start();
    try {
      boolean ended = harness.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);

      String output = Files.readString(OUTPUT);
      assertThat(ended).as(output).isTrue();
      assertThat(harness.exitValue()).as(output).isZero();
      assertThat(output.stripTrailing().lines().reduce("", (before, line) -> line))
          .as(output)
          .matches(
              "kills: points=[1-9][0-9]* lost=0 doubled=0 second-clusters-surviving=0 leaked=0.*");
    } finally {
      harness.destroy();
    }
  }
}
