package snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import snowflake.SnowflakeSettings.Authentication;
import testing.Lake;

class SessionParametersTest {

  @Test
  void every_sign_in_brings_all_of_them() {
    SnowflakeSettings settings =
        new SnowflakeSettings(
            "jdbc:snowflake://localhost",
            Optional.empty(),
            new Authentication.WorkloadIdentity(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            1);

    assertThat(SnowflakePool.session(settings)).containsAllEntriesOf(SessionParameters.values());
  }

  @Test
  void the_stand_in_refuses_none_of_them() throws SQLException {
    try (Connection session = Lake.shared().connect()) {
      for (SessionParameters.Parameter parameter : SessionParameters.all()) {
        assertThatCode(
                () ->
                    Lake.send(
                        session,
                        "ALTER SESSION SET %s = '%s'"
                            .formatted(parameter.name(), parameter.value())))
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void the_documentation_gives_each_with_its_reason() throws IOException {
    String document = Files.readString(Path.of("docs/snowflake.md"));
    for (SessionParameters.Parameter parameter : SessionParameters.all()) {
      assertThat(document)
          .contains(
              "| `%s` | %s | %s |"
                  .formatted(
                      parameter.name(),
                      parameter.value().isEmpty() ? "(empty)" : "`" + parameter.value() + "`",
                      parameter.reason()));
    }
  }
}
