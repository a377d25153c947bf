package store;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.io.TempDir;

/** The store on a SQLite file. */
class SqliteRunStoreTest extends RunStoreContract {

  @TempDir Path folder;

  @Override
  DataSource emptyStore() {
    DataSource source = SqliteFile.at(folder.resolve("runs.db"));
    Flyway.configure().dataSource(source).load().migrate();
    return source;
  }

  @Override
  DataSource nothing() {
    return SqliteFile.at(folder.resolve("nothing.db"));
  }
}
