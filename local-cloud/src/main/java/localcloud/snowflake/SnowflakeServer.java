package localcloud.snowflake;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import localcloud.faults.Faults;
import localcloud.snowflake.access.Roles;
import localcloud.snowflake.engine.Engine;
import localcloud.snowflake.engine.Session;
import localcloud.snowflake.protocol.Queries;
import localcloud.snowflake.protocol.Router;
import localcloud.snowflake.protocol.SignIns;
import localcloud.snowflake.protocol.StatementLog;
import localcloud.snowflake.protocol.StatementRecord;
import localcloud.snowflake.protocol.TokenEndpoint;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.Script;

/**
 * A stand-in for Snowflake on a laptop: the protocol of its JDBC driver, and the statements that
 * external tables over Parquet need. Connect with {@code
 * jdbc:snowflake://localhost:PORT/?ssl=off&account=local&user=u&password=p&db=…&schema=…}.
 *
 * <p>An object {@code s3://b/k} is the file {@code k} in the folder {@code b} under the root.
 * Everything is in memory and gone when it stops. It listens on 127.0.0.1 only. It refuses what it
 * does not know, with Snowflake's error code.
 */
public final class SnowflakeServer implements AutoCloseable {

  static {
    // Without it a small answer waits 40 ms for the driver's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final int BACKLOG = 64;
  private static final int THREADS = 64;

  private final Engine engine;
  private final SignIns signIns;
  private final Queries queries;
  private final StatementLog log = new StatementLog();
  private final HttpServer http;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, daemons("snowflake"));
  private final ExecutorService statements =
      Executors.newCachedThreadPool(daemons("snowflake-statement"));

  /**
   * @param port to listen on, 0 for any that is free
   * @param s3Root holds a folder for each bucket; created if it does not exist
   * @param faults may affect its calls
   * @throws IOException when the port is taken
   */
  public SnowflakeServer(int port, Path s3Root, Faults faults) throws IOException {
    this(port, s3Root, faults, Clock.systemUTC());
  }

  /**
   * The same with another clock, which may be ahead of the drivers' or behind it.
   *
   * @throws IOException when the port is taken
   */
  public SnowflakeServer(int port, Path s3Root, Faults faults, Clock clock) throws IOException {
    this.http =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
            BACKLOG);
    try {
      this.engine = new Engine(s3Root, clock);
    } catch (SQLException e) {
      http.stop(0);
      throw new IOException("Cannot start DuckDB: " + e.getMessage(), e);
    }
    this.signIns = new SignIns(engine, clock);
    http.setExecutor(threads);
    this.queries =
        new Queries(engine, log, faults, clock, statements, "http://localhost:" + port());
    http.createContext(TokenEndpoint.PATH, signIns.tokenEndpoint());
    http.createContext("/", new Router(signIns, queries, faults));
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Begins to answer. */
  public void start() {
    http.start();
  }

  /** The port it listens on. */
  public int port() {
    return http.getAddress().getPort();
  }

  /** From now on also appends each statement to a file, one JSON object a line. */
  public void recordTo(Path file) {
    log.recordTo(file);
  }

  /** The received statements, oldest first. */
  public List<StatementRecord> records() {
    return log.records();
  }

  /**
   * Runs an administrator's script as ACCOUNTADMIN, and from then on admits only users who were
   * created.
   *
   * @throws Refusal for the first statement that is refused
   */
  public void setUp(String script) {
    Session administrator = new Session(0, "SETUP", Roles.ACCOUNTADMIN, Optional.empty());
    for (String statement : Script.statements(script)) {
      engine.run(
          new Engine.Request(statement, Map.of(), false, stop -> {}, () -> false), administrator);
    }
    engine.access().admitOnlyKnownUsers();
  }

  /** Makes every session's token too old, as after an hour: the drivers have to renew theirs. */
  public void expireSessionTokens() {
    signIns.expireTokens();
  }

  /**
   * How long a request waits for its statement before the driver must come back for the result; 45
   * seconds unless set.
   */
  public void answerWithin(Duration patience) {
    queries.answerWithin(patience);
  }

  /** Stops at once and forgets everything. */
  @Override
  public void close() throws IOException {
    http.stop(0);
    threads.shutdownNow();
    statements.shutdownNow();
    try {
      engine.close();
    } catch (SQLException e) {
      throw new IOException("Cannot stop DuckDB: " + e.getMessage(), e);
    }
  }
}
