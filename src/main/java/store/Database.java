package store;

import io.quarkus.agroal.DataSource;
import io.quarkus.flyway.FlywayDataSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.flywaydb.core.Flyway;

/** The run store's database, with its tables as this version wants them. */
@Singleton
class Database {

  private final javax.sql.DataSource source;

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
  }

  /** A database whose tables somebody else has made. */
  Database(javax.sql.DataSource source) {
    this.source = source;
  }

  javax.sql.DataSource source() {
    return source;
  }
}
