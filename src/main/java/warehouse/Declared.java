package warehouse;

import contract.Column;
import java.util.List;
import java.util.stream.Collectors;
import warehouse.WarehouseSettings.OnChangedColumn;
import warehouse.WarehouseSettings.OnMissingColumn;
import warehouse.WarehouseSettings.OnNewColumn;

/**
 * Compares declared columns with those that the job wrote: a column that the files do not have, by
 * the table's name, or have with another type, would be null in every row.
 */
final class Declared {

  private Declared() {}

  /**
   * @throws IllegalStateException if a policy refuses what differs
   */
  static void check(List<Column> declared, List<Column> written, WarehouseSettings settings) {
    ColumnChanges changes =
        ColumnChanges.between(
            declared,
            written.stream()
                .collect(
                    Collectors.toMap(
                        Column::name, column -> ColumnType.of(column.type()).shown())));
    if (!changes.added().isEmpty()
        && settings.changes().onMissingColumn() == OnMissingColumn.FAIL) {
      throw new IllegalStateException(
          "The job's result has no column %s, which warehouse.columns declares (as warehouse.column-names=%s calls them); it has %s. Correct the names, or set warehouse.on-missing-column=null"
              .formatted(
                  ColumnChanges.names(changes.added()),
                  settings.columnNames().word(),
                  ColumnChanges.names(written)));
    }
    if (!changes.changed().isEmpty()
        && settings.changes().onChangedColumn() == OnChangedColumn.FAIL) {
      throw new IllegalStateException(
          "warehouse.columns declares %s with another type than the job wrote; cast in transform.sql or in your own steps, correct the type, or set warehouse.on-changed-column=rebuild if every value can be cast"
              .formatted(ColumnChanges.names(changes.changed())));
    }
    if (!changes.missing().isEmpty() && settings.changes().onNewColumn() == OnNewColumn.FAIL) {
      throw new IllegalStateException(
          "The job wrote columns that warehouse.columns does not declare: %s (warehouse.on-new-column=fail); declare them, or leave them out in transform.sql or in your own steps"
              .formatted(String.join(", ", changes.missing())));
    }
  }
}
