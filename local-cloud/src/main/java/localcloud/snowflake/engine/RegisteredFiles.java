package localcloud.snowflake.engine;

import java.util.List;
import localcloud.snowflake.catalog.RegisteredFile;

/**
 * The rows of <a
 * href="https://docs.snowflake.com/en/sql-reference/functions/external_table_files">EXTERNAL_TABLE_FILES</a>.
 * FILE_NAME is the path from the bucket's root, as in METADATA$FILENAME.
 */
final class RegisteredFiles {

  static final ValueRows<RegisteredFile> ROWS =
      new ValueRows<>(
          List.of(
              ValueRows.text("FILE_NAME", RegisteredFile::key),
              ValueRows.instant("REGISTERED_ON", RegisteredFile::registeredOn),
              ValueRows.number("FILE_SIZE", RegisteredFile::size),
              ValueRows.instant("LAST_MODIFIED", RegisteredFile::lastModified),
              ValueRows.text("ETAG", RegisteredFile::md5),
              ValueRows.text("MD5", RegisteredFile::md5)));

  private RegisteredFiles() {}
}
