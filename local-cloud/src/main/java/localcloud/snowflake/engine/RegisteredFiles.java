package localcloud.snowflake.engine;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import localcloud.snowflake.catalog.RegisteredFile;
import localcloud.snowflake.sql.SqlType;

/**
 * The rows of <a
 * href="https://docs.snowflake.com/en/sql-reference/functions/external_table_files">EXTERNAL_TABLE_FILES</a>.
 * FILE_NAME is the path from the bucket's root, as in METADATA$FILENAME.
 */
final class RegisteredFiles {

  static final List<Scope.Named> COLUMNS =
      List.of(
          named("FILE_NAME", SqlType.TEXT),
          named("REGISTERED_ON", SqlType.LTZ),
          named("FILE_SIZE", SqlType.number(38, 0)),
          named("LAST_MODIFIED", SqlType.LTZ),
          named("ETAG", SqlType.TEXT),
          named("MD5", SqlType.TEXT));

  private RegisteredFiles() {}

  private static Scope.Named named(String name, SqlType type) {
    return new Scope.Named(name, Typed.of(Typed.identifier(name), type));
  }

  static String sql(Collection<RegisteredFile> files) {
    String names =
        COLUMNS.stream().map(column -> column.value().sql()).collect(Collectors.joining(", "));
    String rows = files.stream().map(RegisteredFiles::row).collect(Collectors.joining(", "));
    String nulls =
        COLUMNS.stream()
            .map(column -> "CAST(NULL AS " + Casts.duckType(column.value().type()) + ")")
            .collect(Collectors.joining(", ", "(", ")"));
    return files.isEmpty()
        ? "SELECT * FROM (VALUES " + nulls + ") AS f(" + names + ") WHERE FALSE"
        : "SELECT * FROM (VALUES " + rows + ") AS f(" + names + ")";
  }

  private static String row(RegisteredFile file) {
    return "("
        + String.join(
            ", ",
            Typed.quote(file.key()),
            instant(file.registeredOn().toString()),
            "CAST(" + file.size() + " AS DECIMAL(38,0))",
            instant(file.lastModified().toString()),
            Typed.quote(file.md5()),
            Typed.quote(file.md5()))
        + ")";
  }

  private static String instant(String iso) {
    return "CAST('" + iso + "' AS TIMESTAMP WITH TIME ZONE)";
  }
}
