package actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aws.ApiCalls;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import run.RunState;
import run.SentStatement;
import snowflake.SnowflakeSettings;
import store.FileStore;
import testing.Iris;
import testing.MovableClock;
import warehouse.LoadRefusedException;

/** What is recorded of a statement, and which refusals end a load. */
class SendSqlTest {

  static final SnowflakeSettings SETTINGS =
      new SnowflakeSettings(
          "jdbc:snowflake://unset.invalid/",
          Optional.of("SERVICE"),
          new SnowflakeSettings.Authentication.Password("secret"),
          Optional.empty(),
          Optional.of("SMALL"),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          1);

  private final MovableClock clock = new MovableClock(Iris.NOON);
  private final ApiCalls calls = new ApiCalls();
  @TempDir Path folder;
  private FileStore store;
  private SendSql sendSql;

  @BeforeEach
  void open() {
    store = new FileStore(folder);
    store.run(Iris.RUN, "iris", RunState.LOADING, List.of());
    sendSql = new SendSql(store.statements(), calls, new SnowflakeRefusals(SETTINGS, clock), clock);
  }

  @Test
  void what_snowflake_has_done_is_recorded_and_counted() {
    SendSql.Sent sent = sendSql.send(Iris.run(), "alter external table T refresh 'a/'");
    clock.move(Duration.ofSeconds(2));
    sendSql.answered(sent);

    assertThat(store.statements().of(Iris.RUN))
        .containsExactly(
            new SentStatement(
                "alter external table T refresh 'a/'",
                Iris.NOON,
                Duration.ofSeconds(2),
                Optional.empty()));
    assertThat(counted()).containsExactly("Snowflake ALTER ok 1");
  }

  @Test
  void a_refusal_that_may_pass_is_translated_recorded_and_thrown_with_its_code() {
    SendSql.Sent sent = sendSql.send(Iris.run(), "SELECT COUNT(*) FROM T");

    assertThatThrownBy(
            () ->
                sendSql.refused(
                    sent,
                    new SQLException(
                        "No active warehouse selected in the current session.", "57P03", 606)))
        .isInstanceOfSatisfying(
            SQLException.class, refusal -> assertThat(refusal.getErrorCode()).isEqualTo(606))
        .hasMessageStartingWith("Warehouse SMALL does not exist");

    assertThat(store.statements().of(Iris.RUN))
        .singleElement()
        .satisfies(
            statement ->
                assertThat(statement.error().orElseThrow())
                    .startsWith("Warehouse SMALL does not exist"));
    assertThat(counted()).containsExactly("Snowflake SELECT error-606 1");
  }

  @Test
  void a_refusal_for_ever_refuses_the_load() {
    SendSql.Sent sent = sendSql.send(Iris.run(), "SELEKT 1");
    SQLException wrapped =
        new SQLException(
            "the pool's words",
            new SQLException("SQL compilation error: syntax error line 1", "42000", 1_003));

    assertThatThrownBy(() -> sendSql.refused(sent, wrapped))
        .isInstanceOf(LoadRefusedException.class)
        .hasMessageContaining("syntax error line 1");
    assertThat(counted()).containsExactly("Snowflake SELEKT error-1003 1");
  }

  private List<String> counted() {
    List<String> counted = new ArrayList<>();
    calls.onNew(
        (call, count) ->
            counted.add(
                "%s %s %s %s".formatted(call.service(), call.operation(), call.outcome(), count)));
    return counted;
  }
}
