package routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import polling.ClusterPoller;
import store.RunStore;
import testing.AbsentCloud;
import testing.Awaiting;
import testing.Records;

/** The run store fails under the running service. */
@QuarkusTest
@QuarkusTestResource(value = AbsentCloud.class, restrictToAnnotatedClass = true)
class StoreOutageTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Inject RunStore runs;

  @Inject
  @DataSource("runs")
  AgroalDataSource store;

  private final Records log = new Records();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void every_scheduled_route_logs_it_in_one_line() throws SQLException {
    assertThat(runs.open()).isEmpty();
    execute("ALTER TABLE attempt RENAME TO hidden");
    try {
      for (Class<?> route : List.of(ErrorHandling.class, ClusterPoller.class)) {
        Awaiting.until(route + " has met it", PATIENCE, () -> log.count(route, Level.WARNING) > 1);
      }
    } finally {
      execute("ALTER TABLE hidden RENAME TO attempt");
    }

    assertThat(log.thrown()).isEmpty();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = store.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
