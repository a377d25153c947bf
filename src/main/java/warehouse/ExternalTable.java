package warehouse;

import contract.Column;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import run.RunId;

/**
 * An external table over a pipeline's curated prefix, and every statement about it. Pure text
 * without I/O: the same inputs give the same SQL.
 *
 * @param name the table's name
 * @param location the curated prefix, {@code s3://bucket/prefix/}
 * @param folder the same place in the stage
 * @param columns the result's columns that the table has
 * @param partitions the result's columns that are folders: the curated files do not hold them
 * @param names how it names the files' columns
 */
public record ExternalTable(
    ObjectName name,
    String location,
    StageFolder folder,
    List<Column> columns,
    List<PartitionColumn> partitions,
    ColumnNames names) {

  /** The partition column with each row's run. */
  public static final String RUN_COLUMN = "RUN_ID";

  /** Snowflake's own column of every external table: the row as a VARIANT. */
  static final String VALUE_COLUMN = "VALUE";

  private static final String ENDING = ".parquet";

  private static final String FORMAT =
      """
      PATTERN = '.*[.]parquet'
      FILE_FORMAT = (TYPE = PARQUET BINARY_AS_TEXT = FALSE USE_LOGICAL_TYPE = TRUE)
      AUTO_REFRESH = FALSE
      REFRESH_ON_CREATE = FALSE""";

  public ExternalTable {
    columns = List.copyOf(columns);
    partitions = List.copyOf(partitions);
  }

  /** The pipeline's table for queries about its files only, without columns. */
  static ExternalTable ofFiles(WarehouseSettings settings, String location) {
    return new ExternalTable(
        settings.externalTable(),
        location,
        new StageFolder(settings.name().with("_STAGE"), ""),
        List.of(),
        List.of(),
        settings.columnNames());
  }

  /** Whether the table's PATTERN matches a file of that name. */
  static boolean takes(String file) {
    return file.endsWith(ENDING);
  }

  /** The table under its name with a suffix. */
  ExternalTable with(String ending) {
    return new ExternalTable(name.with(ending), location, folder, columns, partitions, names);
  }

  /** The table over the same files, through another stage. */
  ExternalTable in(StageFolder other) {
    return new ExternalTable(name, location, other, columns, partitions, names);
  }

  /** The table with other columns. */
  ExternalTable withColumns(List<Column> others) {
    return new ExternalTable(name, location, folder, others, partitions, names);
  }

  /**
   * A digest of this definition without the columns, which are compared one by one: 16 hexadecimal
   * digits.
   */
  String definition() {
    return digest(partitionBy(partitions) + place() + ofNames());
  }

  /** The same with the columns, for a table whose columns are declared. */
  String definitionWithColumns() {
    return digest(columnDefinitions() + partitionBy(partitions) + place() + ofNames());
  }

  /** How columns and folders are found; empty if they are found by the table's own names. */
  private String ofNames() {
    return names == ColumnNames.AS_IS
        ? ""
        : names.word() + partitions.stream().map(PartitionColumn::folder).toList();
  }

  /**
   * Creates the table.
   *
   * @param how the first words of the statement
   */
  String create(String how, String comment) {
    return "%s %s (\n  %s,\n  %s\n)\n%s%s\nCOMMENT = %s"
        .formatted(
            how,
            name.sql(),
            columnDefinitions(),
            runColumn(),
            partitionBy(shownPartitions()),
            place(),
            Literal.of(comment));
  }

  /** Adds a column to the existing table. */
  String add(Column column) {
    return "ALTER TABLE %s ADD COLUMN %s".formatted(name.sql(), definition(column));
  }

  /**
   * Registers the files below a folder, and nothing else.
   *
   * @param path relative to the table's prefix
   */
  String refresh(String path) {
    return "ALTER EXTERNAL TABLE %s REFRESH %s".formatted(name.sql(), Literal.of(path));
  }

  /**
   * Registers those files.
   *
   * @param paths relative to the table's prefix
   */
  String addFiles(Collection<String> paths) {
    return "ALTER EXTERNAL TABLE %s ADD FILES (%s)"
        .formatted(
            name.sql(), paths.stream().map(Literal::of).collect(Collectors.joining(",\n  ")));
  }

  /**
   * Takes those files out of the table without deleting them.
   *
   * @param paths relative to the table's prefix
   */
  String removeFiles(Collection<String> paths) {
    return "ALTER EXTERNAL TABLE %s REMOVE FILES (%s)"
        .formatted(
            name.sql(), paths.stream().map(Literal::of).collect(Collectors.joining(",\n  ")));
  }

  /** Asks which files are registered: rows of FILE_NAME and FILE_SIZE. */
  String registeredFiles() {
    return """
        SELECT FILE_NAME, FILE_SIZE
        FROM TABLE(%s.INFORMATION_SCHEMA.EXTERNAL_TABLE_FILES(TABLE_NAME => %s))"""
        .formatted(name.database().sql(), Literal.of(name.sql()));
  }

  /** Asks which files of a run are registered, of any attempt: rows of FILE_NAME and FILE_SIZE. */
  String registeredFiles(RunId run) {
    return registeredFiles() + "\nWHERE CONTAINS(FILE_NAME, %s)".formatted(Literal.of(folder(run)));
  }

  /** Asks for the number of all rows: one row with ROW_COUNT. */
  String countRows() {
    return "SELECT COUNT(*) AS ROW_COUNT\nFROM " + name.sql();
  }

  /** The condition that a row is of that run. */
  String ofRun(RunId run) {
    return "\"%s\" = %s".formatted(RUN_COLUMN, Literal.of(run.value()));
  }

  /** The same condition for a table without a column for the run. */
  String ofRunsFolder(RunId run) {
    return "CONTAINS(METADATA$FILENAME, %s)".formatted(Literal.of(folder(run)));
  }

  /** The folder of a run relative to the table's prefix. */
  static String folder(RunId run) {
    return "run=%s/".formatted(run);
  }

  /** Asks how many values each of the columns has: one row, with their names as labels. */
  String countValues(List<Column> of) {
    String counts =
        of.stream()
            .map(column -> new Identifier(column.name()).sql())
            .map(column -> "COUNT(%s) AS %s".formatted(column, column))
            .collect(Collectors.joining(", "));
    return "SELECT %s\nFROM %s".formatted(counts, name.sql());
  }

  /**
   * Asks in how many rows a value differs from the files' own value, read with an earlier type: one
   * row with CHANGED.
   *
   * @param shown the earlier type, as it is shown
   */
  String countChanged(Column column, String shown) {
    String name = new Identifier(column.name()).sql();
    return "SELECT COUNT(*) AS CHANGED\nFROM %s\nWHERE %s::%s <> %s::%s"
        .formatted(this.name.sql(), names.value(column.name()), shown, name, shown);
  }

  /** Swaps the names of this table and another, in one transaction. */
  String swapWith(ExternalTable other) {
    return "ALTER TABLE %s SWAP WITH %s".formatted(name.sql(), other.name().sql());
  }

  /** Drops the table. */
  String drop() {
    return "DROP EXTERNAL TABLE IF EXISTS " + name.sql();
  }

  private String columnDefinitions() {
    return columns.stream().map(this::definition).collect(Collectors.joining(",\n  "));
  }

  private String definition(Column column) {
    String name = new Identifier(column.name()).sql();
    String type = ColumnType.of(column.type()).sql();
    String value =
        partition(column).map(PartitionColumn::sql).orElseGet(() -> names.value(column.name()));
    return "%s %s AS (%s::%s)".formatted(name, type, value, type);
  }

  private static String runColumn() {
    return "\"%s\" VARCHAR AS (SPLIT_PART(SPLIT_PART(METADATA$FILENAME, 'run=', 2), '/', 1))"
        .formatted(RUN_COLUMN);
  }

  private Optional<PartitionColumn> partition(Column column) {
    return partitions.stream()
        .filter(partition -> partition.column().equals(column.name()))
        .findFirst();
  }

  /** A table need not have every column of the result. */
  private List<PartitionColumn> shownPartitions() {
    return partitions.stream()
        .filter(
            partition -> columns.stream().map(Column::name).anyMatch(partition.column()::equals))
        .toList();
  }

  private static String partitionBy(List<PartitionColumn> partitions) {
    String names =
        Stream.concat(Stream.of(RUN_COLUMN), partitions.stream().map(PartitionColumn::column))
            .map(name -> new Identifier(name).sql())
            .collect(Collectors.joining(", "));
    return "PARTITION BY (%s)\n".formatted(names);
  }

  private String place() {
    return "LOCATION = %s\n%s".formatted(folder.sql(), FORMAT);
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
