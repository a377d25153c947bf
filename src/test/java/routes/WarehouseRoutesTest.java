package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import actions.OverStore;
import flow.Action;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.Pipelines;
import pipeline.ServiceSettings;
import run.OpenRun;
import run.RunState;
import run.SentStatement;
import store.FileStore;
import testing.Iris;
import testing.MovableClock;
import testing.NoBucket;
import testing.SilentDriver;
import warehouse.LoadRefusedException;
import warehouse.Row;
import warehouse.StatementDialog;

/** How statements go to Snowflake through Camel, with a driver that only remembers them. */
class WarehouseRoutesTest {

  private static final String TAG_OF_RUN =
      "ALTER SESSION SET QUERY_TAG = 'test iris %s'".formatted(Iris.RUN);

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final SnowflakeSession session = new SnowflakeSession(settings());
  private final SilentDriver driver = new SilentDriver();
  @TempDir Path folder;
  private FileStore store;

  @BeforeEach
  void start() throws Exception {
    store = new FileStore(folder);
    store.run(Iris.RUN, "iris", RunState.LOADING, List.of());
    OverStore actions =
        new OverStore(
            store,
            new Pipelines(Map.of("iris", Iris.pipeline())),
            new NoBucket(),
            new MovableClock(Iris.NOON));
    camel.disableJMX();
    camel.getRegistry().bind("warehouse", DataSource.class, driver.source());
    camel.getRegistry().bind("snowflakeSession", session);
    camel.addRoutesConfigurations(new ErrorHandling());
    camel.addRoutes(
        new WarehouseRoutes(
            actions.loadTable(),
            actions.discardOutput(),
            actions.retireOutput(),
            actions.sendSql(),
            session));
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(noErrorHandler());
            from("direct:read-result").setBody(constant((Object) null));
            from("direct:test")
                .process(exchange -> exchange.setVariable(RunExchange.ACTION, action()))
                .to("direct:send-statements");
          }
        });
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void each_statement_is_sent_after_the_answer_before_it_for_its_run_and_the_dialog_comes_back() {
    Dialog dialog = new Dialog("SELECT 1", "SELECT 2");

    assertThat(camel.createProducerTemplate().requestBody("direct:test", dialog)).isSameAs(dialog);

    assertThat(driver.executed()).containsExactly(TAG_OF_RUN, "SELECT 1", "SELECT 2");
    assertThat(dialog.answers).isEqualTo(2);
    assertThat(store.statements().of(Iris.RUN))
        .extracting(SentStatement::sql)
        .containsExactly("SELECT 1", "SELECT 2");
  }

  @Test
  void a_refused_statement_is_the_last_one_and_the_session_is_the_runs_no_more() throws Exception {
    driver.refuse(
        "REFUSED", new SQLException("SQL compilation error: syntax error", "42000", 1_003));
    Dialog dialog = new Dialog("REFUSED", "SELECT 2");

    assertThatThrownBy(() -> camel.createProducerTemplate().requestBody("direct:test", dialog))
        .hasCauseInstanceOf(LoadRefusedException.class);

    assertThat(dialog.answers).isZero();
    assertThat(store.statements().of(Iris.RUN))
        .singleElement()
        .satisfies(sent -> assertThat(sent.error().orElseThrow()).contains("syntax error"));
    session.getConnection(driver.source()).close();
    assertThat(driver.executed())
        .containsExactly(TAG_OF_RUN, "REFUSED", "ALTER SESSION SET QUERY_TAG = 'test'");
  }

  private static Action action() {
    return new Action.Load(new OpenRun(Iris.run(), List.of()), Iris.launched());
  }

  private static ServiceSettings settings() {
    Duration any = Duration.ofSeconds(1);
    return new ServiceSettings("test", any, any, any, any, 1, any, any, 1);
  }

  /** These statements, whatever is answered. */
  private static final class Dialog extends StatementDialog {

    private final Deque<String> statements;
    private int answers;

    private Dialog(String... statements) {
      this.statements = new ArrayDeque<>(List.of(statements));
    }

    @Override
    public Optional<String> next() {
      return Optional.ofNullable(statements.peek());
    }

    @Override
    public void answered(List<Row> rows) {
      answers++;
      statements.remove();
    }
  }
}
