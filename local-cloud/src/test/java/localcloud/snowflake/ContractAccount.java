package localcloud.snowflake;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Where the {@link Contract} is tried: a Snowflake, and a bucket that it can read. */
interface ContractAccount extends AutoCloseable {

  /** A new session. */
  Connection connect() throws SQLException;

  /** The database in which tests make their schemas. */
  String database();

  /** The beginning of every key, empty or ending in a slash. */
  String prefix();

  /** CREATE STAGE over a folder of the bucket. */
  String stage(String name, String folder);

  /** Writes an object. */
  void put(String key, Path content) throws Exception;

  /** Deletes an object. */
  void delete(String key) throws Exception;

  /** Deletes every object of a folder. */
  void deleteAll(String folder) throws Exception;

  @Override
  void close() throws IOException;
}
