package configuration;

import contract.Column;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import warehouse.ColumnNames;
import warehouse.Identifier;
import warehouse.ObjectName;
import warehouse.OwnSql;
import warehouse.WarehouseSettings;
import warehouse.WarehouseSettings.Changes;
import warehouse.WarehouseSettings.FirstRows;
import warehouse.WarehouseSettings.Manage;
import warehouse.WarehouseSettings.Mode;
import warehouse.WarehouseSettings.OnChangedColumn;
import warehouse.WarehouseSettings.OnMissingColumn;
import warehouse.WarehouseSettings.OnNewColumn;

/** Reads the settings of a pipeline's table, with all defaults. */
record WarehouseReader(Properties properties) {

  /** The names of objects beside the table get a suffix. */
  private static final int LONGEST_NAME = 230;

  private static final int MOST_FIRST_ROWS = 100;

  WarehouseSettings read() {
    ObjectName name = name();
    Optional<Identifier> integration =
        properties.parsed("warehouse.storage-integration", WarehouseReader::identifier);
    Optional<ObjectName> stage =
        properties.parsed("warehouse.stage", written -> objectName(written, name));
    properties.refuse(
        integration.isPresent() && stage.isPresent(),
        "warehouse.storage-integration",
        "and warehouse.stage are both set; a stage that is there has its integration already, keep one");
    Mode mode = properties.oneOf("curated.mode", Mode.APPEND);
    ColumnNames columnNames = properties.oneOf("warehouse.column-names", ColumnNames.UPPER);
    return new WarehouseSettings(
        name,
        mode,
        properties.oneOf("warehouse.manage", Manage.TABLE),
        properties.orElse(
            "warehouse.give-up-after",
            properties.duration("warehouse.give-up-after", Duration.ZERO),
            Duration.ofHours(6)),
        integration,
        stage,
        properties
            .parsed("warehouse.columns", written -> nameable(Columns.parse(written), columnNames))
            .map(columnNames::of),
        columnNames,
        new Changes(
            properties.oneOf("warehouse.on-new-column", OnNewColumn.ADD),
            properties.oneOf("warehouse.on-changed-column", OnChangedColumn.FAIL),
            properties.oneOf("warehouse.on-missing-column", OnMissingColumn.FAIL)),
        names("warehouse.grant-select-to"),
        properties.text("warehouse.comment"),
        firstRows(),
        sql(mode));
  }

  private ObjectName name() {
    Identifier unread = new Identifier(PipelineReader.NOT_SET);
    properties.required("warehouse.database", "name the table's database");
    properties.required("warehouse.table", "name the external table");
    return new ObjectName(
        properties.parsed("warehouse.database", WarehouseReader::identifier).orElse(unread),
        properties
            .parsed("warehouse.schema", WarehouseReader::identifier)
            .orElse(new Identifier("PUBLIC")),
        properties.parsed("warehouse.table", WarehouseReader::tableName).orElse(unread));
  }

  private FirstRows firstRows() {
    int count =
        properties.orElse("warehouse.first-rows", properties.count("warehouse.first-rows", 0), 5);
    properties.refuse(
        count > MOST_FIRST_ROWS,
        "warehouse.first-rows",
        "is '%d'; write a whole number from 0 to %d".formatted(count, MOST_FIRST_ROWS));
    return new FirstRows(
        count,
        names("warehouse.masked-columns").stream()
            .map(Identifier::value)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private List<Identifier> names(String property) {
    return properties.parsed(property, WarehouseReader::identifiers).orElse(List.of());
  }

  private List<OwnSql> sql(Mode mode) {
    Optional<List<OwnSql>> sql = properties.parsed("warehouse.sql", OwnSql::parse);
    properties.refuse(
        sql.isPresent() && mode == Mode.REPLACE,
        "warehouse.sql",
        "is set with curated.mode=replace, which has its own statements; keep one");
    return sql.orElse(List.of());
  }

  /**
   * The columns, if the table can have them.
   *
   * @throws IllegalArgumentException whose message names the one that it cannot have
   */
  static List<Column> nameable(List<Column> columns, ColumnNames names) {
    names
        .refused(columns)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException("declares a column that no table takes, " + why);
            });
    return columns;
  }

  private static Identifier tableName(String written) {
    Identifier name = identifier(written);
    if (name.value().length() > LONGEST_NAME) {
      throw new IllegalArgumentException("is longer than %d characters".formatted(LONGEST_NAME));
    }
    return name;
  }

  private static Identifier identifier(String written) {
    try {
      return Identifier.parse(written);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is " + e.getMessage(), e);
    }
  }

  /** A name with or without its schema and database; the table's otherwise. */
  private static ObjectName objectName(String written, ObjectName table) {
    List<Identifier> parts = identifiers(written, '.');
    return switch (parts.size()) {
      case 1 -> new ObjectName(table.database(), table.schema(), parts.get(0));
      case 2 -> new ObjectName(table.database(), parts.get(0), parts.get(1));
      case 3 -> new ObjectName(parts.get(0), parts.get(1), parts.get(2));
      default ->
          throw new IllegalArgumentException(
              "is '%s'; write STAGE, SCHEMA.STAGE or DATABASE.SCHEMA.STAGE".formatted(written));
    };
  }

  /** Names, separated by commas. */
  static List<Identifier> identifiers(String written) {
    return identifiers(written, ',');
  }

  private static List<Identifier> identifiers(String written, char separator) {
    try {
      return Identifier.parseAll(written, separator);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("has " + e.getMessage(), e);
    }
  }
}
