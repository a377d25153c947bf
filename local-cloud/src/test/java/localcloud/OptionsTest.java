package localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  @TempDir Path data;

  @Test
  void what_is_not_given_has_its_default() throws IOException {
    Options options = Options.parse("--data", data.toString());

    assertThat(options.data()).isEqualTo(data.toRealPath());
    assertThat(options.s3Port()).isZero();
    assertThat(options.provisioning()).isEqualTo(Duration.ofSeconds(2));
    assertThat(options.terminating()).isEqualTo(Duration.ofSeconds(1));
    assertThat(options.visibility()).isZero();
    assertThat(options.quotas()).isFalse();
    assertThat(options.sparkClassPath()).endsWithRaw(Path.of("spark/target/spark.classpath"));
    assertThat(options.buckets()).isEmpty();
    assertThat(options.endpoints()).isEmpty();
    assertThat(options.environment()).isEmpty();
    assertThat(options.exitWithParent()).isFalse();
    assertThat(options.sqs())
        .isEqualTo(new Options.Sqs(0, List.of(), Optional.empty(), Optional.empty()));
  }

  @Test
  void what_is_given_is_taken() throws IOException {
    String line =
        "--data %s --s3-port 1 --emr-port 2 --snowflake-port 3 --provisioning 50ms --terminating 1m"
            + " --visibility 3s --quotas --spark-classpath s --bucket b --bucket a --endpoints e"
            + " --environment v --exit-with-parent --sqs-port 4 --queue q --queue r --emr-events q"
            + " --s3-events b=s"
            + " --snowflake-setup u --snowflake-ahead -10m";

    assertThat(Options.parse(line.formatted(data).split(" ", -1)))
        .isEqualTo(
            new Options(
                1,
                2,
                3,
                data.toRealPath(),
                Duration.ofMillis(50),
                Duration.ofMinutes(1),
                Duration.ofSeconds(3),
                true,
                Path.of("s"),
                List.of("b", "a"),
                Optional.of(Path.of("e")),
                Optional.of(Path.of("v")),
                true,
                new Options.Sqs(
                    4,
                    List.of("q", "r", "s"),
                    Optional.of("q"),
                    Optional.of(new Options.S3Events("b", "s"))),
                new Options.Snowflake(Optional.of(Path.of("u")), Duration.ofMinutes(-10))));
  }

  @Test
  void the_queue_of_the_events_is_made_too() throws IOException {
    Options options = Options.parse("--data", data.toString(), "--emr-events", "events");

    assertThat(options.sqs().queues()).containsExactly("events");
  }

  @Test
  void last_value_of_a_repeated_option_counts() throws IOException {
    assertThat(Options.parse("--data", "x", "--data", data.toString()).data())
        .isEqualTo(data.toRealPath());
  }

  @ParameterizedTest
  @CsvSource({
    "--nonsense x, --nonsense is unknown",
    "--quotas --nonsense, --nonsense is unknown",
    "--bucket, --bucket lacks its value",
    "--s3-port many, '--s3-port takes a port, not many'",
    "--queue q.fifo, '--queue takes 1 to 80 letters, digits, dashes and underscores, not q.fifo'",
    "--s3-events queue, '--s3-events takes BUCKET=QUEUE, the queue of 1 to 80 letters, digits, dashes and underscores, not queue'",
    "--s3-events b=q.fifo, '--s3-events takes BUCKET=QUEUE, the queue of 1 to 80 letters, digits, dashes and underscores, not b=q.fifo'",
    "--emr-events é, '--emr-events takes 1 to 80 letters, digits, dashes and underscores, not é'",
    "--terminating 1h, '--terminating takes a duration such as 500ms, 2s or 1m, not 1h'",
  })
  void mistake_is_named(String line, String message) {
    assertThatThrownBy(() -> Options.parse(line.split(" ", -1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void mistake_leaves_no_data_folder_behind() {
    Path unmade = data.resolve("unmade");

    assertThatThrownBy(() -> Options.parse("--data", unmade.toString(), "--terminating", "1h"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(unmade).doesNotExist();
  }
}
