package localcloud.snowflake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The {@link Contract} of the stand-in. */
final class StandIn implements ContractAccount {

  private final Account account;
  private final Path bucket;

  StandIn(Path directory) throws Exception {
    account = new Account(directory);
    bucket = account.s3.resolve("curated");
    account.lake().close();
  }

  @Override
  public Connection connect() throws SQLException {
    return account.connect();
  }

  @Override
  public String database() {
    return "LAKE";
  }

  @Override
  public String prefix() {
    return "contract/";
  }

  @Override
  public String stage(String name, String folder) {
    return "CREATE STAGE " + name + " URL = 's3://curated/" + folder + "'";
  }

  @Override
  public void put(String key, Path content) throws IOException {
    Path file = bucket.resolve(key);
    Files.createDirectories(file.getParent());
    Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(String key) throws IOException {
    Files.delete(bucket.resolve(key));
  }

  @Override
  public void deleteAll(String folder) throws IOException {
    Path root = bucket.resolve(folder);
    if (!Files.exists(root)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(root)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }

  @Override
  public void close() throws IOException {
    account.close();
  }
}
