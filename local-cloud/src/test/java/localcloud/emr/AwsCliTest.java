package localcloud.emr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import localcloud.faults.Faults;
import localcloud.s3.S3Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsCliTest {

  private static final String HOSTILE = "s3://landing/in/run=1/a b'\"$(x)é+%41.csv";

  @TempDir Path folder;
  private S3Server s3;
  private AwsCli cli;

  @BeforeEach
  void start() throws IOException {
    s3 = new S3Server(0, folder.resolve("s3"), new Faults(Clock.systemUTC()));
    s3.start();
    s3.createBucket("landing");
    cli = new AwsCli(s3.endpoint(), folder.resolve("bin"));
  }

  @AfterEach
  void stop() throws IOException {
    s3.close();
  }

  @Test
  void without_a_cli_of_the_machine_s_own_the_script_puts_shows_and_removes_an_object()
      throws IOException, InterruptedException {
    assertThat(aws("printf 'a,b' | aws s3 cp - \"$0\" --only-show-errors", HOSTILE)).isEmpty();
    assertThat(s3.root().resolve("landing/in/run=1/a b'\"$(x)é+%41.csv")).hasContent("a,b");
    assertThat(head()).isEqualTo("3\t\"b345e1dc09f20fdefdea469f09167892\"");

    aws("aws s3 rm \"$0\" --only-show-errors", HOSTILE);

    assertThat(head()).contains("404");
  }

  @Test
  void the_script_refuses_what_it_does_not_know() throws IOException, InterruptedException {
    assertThat(aws("aws s3 sync . \"$0\"", HOSTILE)).contains("only s3 cp -", "are simulated");
    assertThat(aws("aws s3 cp - \"$0\" --sse </dev/null", HOSTILE)).contains("--sse");
  }

  @Test
  void a_cli_of_the_machine_s_own_is_used_and_configured_for_s3()
      throws IOException, InterruptedException {
    Path own = Files.createDirectories(folder.resolve("own"));
    Path script =
        Files.writeString(own.resolve("aws"), "#!/bin/sh\necho \"$AWS_ENDPOINT_URL $*\"\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();

    assertThat(run(own + ":/usr/bin:/bin", "aws s3 ls", "")).isEqualTo(s3.endpoint() + " s3 ls");
  }

  private String head() throws IOException, InterruptedException {
    return aws(
        "aws s3api head-object --bucket landing --key \"${0#s3://landing/}\" --query '[ContentLength,ETag]' --output text",
        HOSTILE);
  }

  private String aws(String command, String uri) throws IOException, InterruptedException {
    return run(withoutCli().toString(), command, uri);
  }

  /** What the script needs of a machine, and nothing else. */
  private Path withoutCli() throws IOException {
    Path bin = folder.resolve("without");
    if (Files.notExists(bin)) {
      Files.createDirectories(bin);
      for (String tool : List.of("sh", "curl", "mktemp", "cat", "rm", "od", "tr", "sed", "awk")) {
        Path found =
            Stream.of("/usr/bin", "/bin")
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
        Files.createSymbolicLink(bin.resolve(tool), found);
      }
    }
    return bin;
  }

  private String run(String path, String command, String uri)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/bash", "-c", command, uri).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("PATH", path);
    cli.addTo(environment);
    Process process = builder.start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    process.waitFor();
    return output;
  }
}
