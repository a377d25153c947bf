package localcloud.snowflake.engine;

import java.util.List;
import localcloud.snowflake.catalog.FileEvent;
import localcloud.snowflake.catalog.RegisteredFile;

/**
 * The rows of the table functions about an external table's files. FILE_NAME is the path from the
 * bucket's root, as in METADATA$FILENAME.
 */
final class RegisteredFiles {

  /**
   * <a
   * href="https://docs.snowflake.com/en/sql-reference/functions/external_table_files">EXTERNAL_TABLE_FILES</a>.
   */
  static final ValueRows<RegisteredFile> ROWS =
      new ValueRows<>(
          List.of(
              ValueRows.text("FILE_NAME", RegisteredFile::key),
              ValueRows.instant("REGISTERED_ON", RegisteredFile::registeredOn),
              ValueRows.number("FILE_SIZE", RegisteredFile::size),
              ValueRows.instant("LAST_MODIFIED", RegisteredFile::lastModified),
              ValueRows.text("ETAG", RegisteredFile::md5),
              ValueRows.text("MD5", RegisteredFile::md5)));

  /**
   * <a
   * href="https://docs.snowflake.com/en/sql-reference/functions/external_table_registration_history">EXTERNAL_TABLE_FILE_REGISTRATION_HISTORY</a>.
   */
  static final ValueRows<FileEvent> HISTORY =
      new ValueRows<>(
          List.of(
              ValueRows.instant("JOB_CREATED_TIME", FileEvent::at),
              ValueRows.text("FILE_NAME", FileEvent::key),
              ValueRows.text("OPERATION_STATUS", event -> event.status().name()),
              ValueRows.text("MESSAGE", FileEvent::message),
              ValueRows.number("FILE_SIZE", FileEvent::size),
              ValueRows.instant("LAST_MODIFIED", FileEvent::lastModified)));

  private RegisteredFiles() {}
}
