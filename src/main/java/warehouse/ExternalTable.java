package warehouse;

import contract.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import run.RunId;

/**
 * An external table over a pipeline's curated prefix, and every statement that it needs. All text,
 * no I/O: the same inputs give the same SQL.
 *
 * @param settings where the table is
 * @param location the curated prefix, {@code s3://bucket/prefix/}
 * @param columns the columns of the curated files
 */
public record ExternalTable(WarehouseSettings settings, String location, List<Column> columns) {

  /** The partition column that tells each row's run. */
  public static final String RUN_COLUMN = "RUN_ID";

  private static final String PARQUET = ".*[.]parquet";

  public ExternalTable {
    columns = List.copyOf(columns);
  }

  /** Creates whatever of the service's share is not there yet; any of it may exist. */
  public List<String> define() {
    return switch (settings.manage()) {
      case EVERYTHING ->
          List.of(
              "CREATE DATABASE IF NOT EXISTS " + settings.database().sql(),
              "CREATE SCHEMA IF NOT EXISTS " + schema(),
              createStage(),
              createTable());
      case TABLE -> List.of(createStage(), createTable());
      case NOTHING -> List.of();
    };
  }

  /**
   * Registers the files below one attempt's output, and nothing else.
   *
   * @param outputPath the attempt's output relative to the table's prefix
   */
  public String refresh(String outputPath) {
    return "ALTER EXTERNAL TABLE %s REFRESH %s".formatted(table(), Literal.of(outputPath));
  }

  /**
   * Asks which files of an attempt are registered: rows of FILE_NAME and FILE_SIZE.
   *
   * @param outputPath the attempt's output relative to the table's prefix
   */
  public String registeredFiles(String outputPath) {
    return """
        SELECT FILE_NAME, FILE_SIZE
        FROM TABLE(%s.INFORMATION_SCHEMA.EXTERNAL_TABLE_FILES(TABLE_NAME => %s))
        WHERE CONTAINS(FILE_NAME, %s)"""
        .formatted(settings.database().sql(), Literal.of(table()), Literal.of(outputPath));
  }

  /**
   * Asks how many rows the table has for an attempt: one row with ROW_COUNT. The run's partition
   * spares Snowflake the other runs' files.
   *
   * @param run the attempt's run
   * @param outputPath the attempt's output relative to the table's prefix
   */
  public String countRows(RunId run, String outputPath) {
    return """
        SELECT COUNT(*) AS ROW_COUNT
        FROM %s
        WHERE "%s" = %s AND CONTAINS(METADATA$FILENAME, %s)"""
        .formatted(table(), RUN_COLUMN, Literal.of(run.value()), Literal.of(outputPath));
  }

  /**
   * Asks for the columns of the curated files and for no row: a table that lacks one of them
   * refuses.
   */
  public String lookForColumns() {
    return "SELECT %s FROM %s LIMIT 0"
        .formatted(
            columns.stream()
                .map(column -> new Identifier(column.name()).sql())
                .collect(Collectors.joining(", ")),
            table());
  }

  private String createStage() {
    return "CREATE STAGE IF NOT EXISTS %s URL = %s%s"
        .formatted(stage(), Literal.of(location), integration());
  }

  private String createTable() {
    List<String> definitions = new ArrayList<>();
    for (Column column : columns) {
      definitions.add(
          "%s %s AS (value:%s::%s)"
              .formatted(
                  new Identifier(column.name()).sql(),
                  SnowflakeType.of(column.type()),
                  new Identifier(column.name()).sql(),
                  SnowflakeType.of(column.type())));
    }
    definitions.add(
        "\"%s\" VARCHAR AS (SPLIT_PART(SPLIT_PART(METADATA$FILENAME, 'run=', 2), '/', 1))"
            .formatted(RUN_COLUMN));
    return """
        CREATE EXTERNAL TABLE IF NOT EXISTS %s (
          %s
        )
        PARTITION BY ("%s")
        LOCATION = @%s
        PATTERN = %s
        FILE_FORMAT = (TYPE = PARQUET BINARY_AS_TEXT = FALSE USE_LOGICAL_TYPE = TRUE)
        AUTO_REFRESH = FALSE
        REFRESH_ON_CREATE = FALSE"""
        .formatted(
            table(), String.join(",\n  ", definitions), RUN_COLUMN, stage(), Literal.of(PARQUET));
  }

  private String integration() {
    return settings
        .storageIntegration()
        .map(integration -> " STORAGE_INTEGRATION = " + integration.sql())
        .orElse("");
  }

  private String schema() {
    return settings.database().sql() + "." + settings.schema().sql();
  }

  private String table() {
    return schema() + "." + settings.table().sql();
  }

  private String stage() {
    return schema() + "." + new Identifier(settings.table().value() + "_STAGE").sql();
  }
}
