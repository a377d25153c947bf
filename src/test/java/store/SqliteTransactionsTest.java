package store;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;

class SqliteTransactionsTest extends TransactionsContract {

  @TempDir Path folder;

  @Override
  DataSource emptyStore() {
    return SqliteFile.withTables(folder.resolve("runs.db"));
  }

  @Override
  DataSource nothing() {
    return SqliteFile.at(folder.resolve("nothing.db"));
  }
}
