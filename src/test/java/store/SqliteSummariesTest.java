package store;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;

class SqliteSummariesTest extends SummariesContract {

  @TempDir Path folder;

  @Override
  DataSource emptyStore() {
    return SqliteFile.withTables(folder.resolve("runs.db"));
  }
}
