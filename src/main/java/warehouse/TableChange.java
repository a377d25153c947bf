package warehouse;

import contract.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import warehouse.WarehouseSettings.Mode;
import warehouse.WarehouseSettings.OnChangedColumn;
import warehouse.WarehouseSettings.OnMissingColumn;
import warehouse.WarehouseSettings.OnNewColumn;

/**
 * The change of a table whose columns or definition differ from what is wanted.
 *
 * @param added columns that are added
 * @param kept columns that it had before
 * @param rebuilds whether it must be rebuilt
 * @param columns its columns afterwards
 * @param shown the types that its columns had before, as they are shown
 */
record TableChange(
    List<Column> added,
    List<Column> kept,
    boolean rebuilds,
    List<Column> columns,
    Map<String, String> shown) {

  /**
   * Decides by the configured policies.
   *
   * @param isRedefined whether the table was created from another definition
   * @throws LoadRefusedException if a policy refuses
   */
  static TableChange of(
      ExternalTable table, ColumnChanges changes, WarehouseSettings settings, boolean isRedefined) {
    if (settings.columns().isPresent()) {
      boolean differs =
          !changes.added().isEmpty()
              || !changes.changed().isEmpty()
              || (settings.mode() == Mode.APPEND && !changes.missing().isEmpty());
      List<Column> declared = settings.columns().get();
      // The view of a run keeps its columns until it is switched.
      List<Column> columns =
          settings.mode() == Mode.REPLACE
              ? afterwards(declared, changes, changes.added())
              : declared;
      return new TableChange(
          List.of(), kept(columns, changes), isRedefined || differs, columns, changes.shown());
    }
    refuse(table, changes, settings);
    boolean adds = settings.changes().onNewColumn() == OnNewColumn.ADD;
    List<Column> added = adds ? changes.added() : List.of();
    boolean rebuilds = isRedefined || !changes.changed().isEmpty();
    List<Column> columns = afterwards(table.columns(), changes, added);
    return new TableChange(
        rebuilds ? List.of() : added, kept(columns, changes), rebuilds, columns, changes.shown());
  }

  private static void refuse(
      ExternalTable table, ColumnChanges changes, WarehouseSettings settings) {
    if (settings.changes().onNewColumn() == OnNewColumn.FAIL && !changes.added().isEmpty()) {
      throw new LoadRefusedException(
          "The job's result has columns that %s lacks: %s (warehouse.on-new-column=fail)"
              .formatted(table.name(), ColumnChanges.names(changes.added())),
          "set warehouse.on-new-column=add or ignore, or leave them out in transform.sql or in your own steps");
    }
    if (settings.changes().onChangedColumn() == OnChangedColumn.FAIL
        && !changes.changed().isEmpty()) {
      throw new LoadRefusedException(
          "Columns of %s have changed their type: %s (warehouse.on-changed-column=fail)"
              .formatted(table.name(), changes.changes()),
          "set warehouse.on-changed-column=rebuild, declare the type in input.columns, or cast in transform.sql or in your own steps");
    }
    boolean misses = settings.mode() == Mode.APPEND && !changes.missing().isEmpty();
    if (misses && settings.changes().onMissingColumn() == OnMissingColumn.FAIL) {
      throw new LoadRefusedException(
          "The job's result lacks columns of %s: %s (warehouse.on-missing-column=fail)"
              .formatted(table.name(), String.join(", ", changes.missing())),
          "set warehouse.on-missing-column=null, or bring them back in transform.sql or in your own steps");
    }
  }

  /** Whether the table has that column afterwards. */
  boolean has(Column column) {
    return columns.stream().anyMatch(other -> other.name().equals(column.name()));
  }

  private static List<Column> kept(List<Column> columns, ColumnChanges changes) {
    return columns.stream().filter(column -> changes.shown().containsKey(column.name())).toList();
  }

  /** Columns stay where they are; new ones come last. */
  private static List<Column> afterwards(
      List<Column> wanted, ColumnChanges changes, List<Column> added) {
    Map<String, Column> byName = new LinkedHashMap<>();
    wanted.forEach(column -> byName.put(column.name(), column));
    List<Column> columns = new ArrayList<>();
    changes
        .shown()
        .forEach(
            (name, shown) ->
                columns.add(
                    byName.getOrDefault(name, new Column(name, ColumnType.sparkOf(shown)))));
    columns.addAll(added);
    return columns;
  }
}
