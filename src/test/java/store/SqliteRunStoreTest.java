package store;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;
import testing.Resource;

/** The store on a SQLite file, opened with the service's own URL. */
class SqliteRunStoreTest extends RunStoreContract {

  @TempDir Path folder;

  @Override
  DataSource emptyStore() {
    DataSource source = file("runs.db");
    Flyway.configure().dataSource(source).load().migrate();
    return source;
  }

  @Override
  DataSource nothing() {
    return file("nothing.db");
  }

  private DataSource file(String name) {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl(url().replace("${service.store}", folder.resolve(name).toString()));
    return source;
  }

  private static String url() {
    Properties service = new Properties();
    try {
      service.load(new StringReader(Resource.text("application.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return service.getProperty("quarkus.datasource.runs.jdbc.url");
  }
}
