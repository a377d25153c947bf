package cluster.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command as people may see it: every argument but the secrets. */
class ShownArgumentsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--name x --api-token planted",
        "--passphrase planted",
        "--private-key planted",
        "--credential planted",
        "--db-password=planted",
        "passphrase=planted",
        "spark.hadoop.fs.s3a.secret.key=planted",
        "curl -u user:planted https://example.com",
        "curl -uuser:planted https://example.com",
        "curl --user user:planted https://example.com",
        "curl --proxy-user=user:planted https://example.com",
        "curl https://user:planted@example.com",
        "curl https://example.com?sv=1&sig=planted&x=2"
      })
  void a_secret_is_hidden_in_a_list_of_arguments_and_in_a_text(String command) {
    assertThat(ShownArguments.of(List.of(command.split(" ")), "(hidden)"))
        .hasSize(command.split(" ").length)
        .noneMatch(argument -> argument.contains("planted"));
    assertThat(ShownArguments.of(command, "(hidden)")).doesNotContain("planted");
    assertThat(ShownArguments.of(List.of("bash", "-c", command), "(hidden)").get(2))
        .doesNotContain("planted");
    assertThat(ShownArguments.of("bash -c '" + command + "' more", "(hidden)"))
        .doesNotContain("planted");
  }

  @Test
  void an_options_next_word_alone_is_hidden() {
    assertThat(
            ShownArguments.of(
                List.of("--api-token", "with blanks", "--name", "x", "-u", "user:pass:word"),
                "(hidden)"))
        .containsExactly("--api-token", "(hidden)", "--name", "x", "-u", "user:(hidden)");
  }

  @Test
  void what_is_no_secret_is_shown_as_it_is() {
    String command =
        "spark-submit --class a.B --conf spark.executor.memory=4g s3://password-bucket/run=r-1/job.json '--date' \"2026-01-01 00:00\"  --token-file /run/secrets/token";

    assertThat(ShownArguments.of(command, "(hidden)")).isEqualTo(command);
  }
}
