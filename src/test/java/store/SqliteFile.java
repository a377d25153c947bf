package store;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteDataSource;
import testing.Resource;

/** An SQLite file, opened with the service's own URL. */
final class SqliteFile {

  private SqliteFile() {}

  static SQLiteDataSource at(Path file) {
    return at(file, "");
  }

  /** With the store's tables. */
  static SQLiteDataSource withTables(Path file) {
    SQLiteDataSource source = at(file);
    Flyway.configure().dataSource(source).load().migrate();
    return source;
  }

  /** What comes later in the URL wins. */
  static SQLiteDataSource at(Path file, String parameters) {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl(url().replace("${service.store}", file.toString()) + parameters);
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
