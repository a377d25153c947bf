package routes;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.apache.camel.component.jdbc.ConnectionStrategy;
import pipeline.ServiceSettings;
import run.Run;

/**
 * Gives each statement a pooled connection whose QUERY_TAG names the run that it is sent for. The
 * tag is session state: it is set again for every connection that another run may have used.
 */
@Named("snowflakeSession")
@ApplicationScoped
@RegisterForReflection
public class SnowflakeSession implements ConnectionStrategy {

  private final String installation;
  private final ThreadLocal<String> wanted = new ThreadLocal<>();
  private final Map<Connection, String> present = new WeakHashMap<>();

  SnowflakeSession(ServiceSettings settings) {
    this.installation = settings.installation();
  }

  /** From now on this thread's statements belong to the run. */
  void tag(Run run) {
    wanted.set("%s %s %s".formatted(installation, run.pipeline(), run.id()));
  }

  /** This thread's statements belong to no run. */
  void untag() {
    wanted.remove();
  }

  @Override
  public Connection getConnection(DataSource source) throws SQLException {
    Connection connection = source.getConnection();
    try {
      bringTag(connection, Objects.requireNonNullElse(wanted.get(), installation));
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public boolean isConnectionTransactional(Connection connection, DataSource source) {
    return false;
  }

  private void bringTag(Connection pooled, String tag) throws SQLException {
    Connection session = pooled.unwrap(Connection.class);
    synchronized (present) {
      if (tag.equals(present.get(session))) {
        return;
      }
      present.remove(session);
    }
    try (Statement statement = pooled.createStatement()) {
      statement.execute("ALTER SESSION SET QUERY_TAG = '" + tag + "'");
    }
    synchronized (present) {
      present.put(session, tag);
    }
  }
}
