package store;

import io.quarkus.agroal.DataSource;
import io.quarkus.flyway.FlywayDataSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;

/** The run store's database, with the tables of this version. */
@Singleton
public class Database {

  private final javax.sql.DataSource source;
  private final String file;

  /**
   * SQLite has one writer at a time, and does not queue the others: several long listings could
   * delay a run's own change for seconds. Here it is first come, first served.
   */
  private final Lock writing = new ReentrantLock(true);

  private final AtomicLong changes = new AtomicLong();

  /**
   * Migrates on first use, which is after the configuration was found sound.
   *
   * @throws StoreException if the file cannot be used; the next use tries again
   */
  @Inject
  Database(
      @DataSource("runs") javax.sql.DataSource source,
      @FlywayDataSource("runs") Flyway flyway,
      StoreFile file) {
    try {
      flyway.migrate();
    } catch (RuntimeException e) {
      throw StoreException.of(file.name(), e);
    }
    this.source = source;
    this.file = file.name();
  }

  /**
   * A database that has its tables already.
   *
   * @param file what messages call it
   */
  public Database(javax.sql.DataSource source, String file) {
    this.source = source;
    this.file = file;
  }

  /** The few words that the store has for it. */
  Sql sql() {
    return new Sql(source, file, writing, changes);
  }

  /** How many transactions this process has committed: while it stays, nothing has changed. */
  public long changes() {
    return changes.get();
  }
}
