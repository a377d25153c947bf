package warehouse;

import contract.Column;
import java.util.List;
import java.util.stream.Collectors;
import warehouse.WarehouseSettings.OnChangedColumn;
import warehouse.WarehouseSettings.OnMissingColumn;
import warehouse.WarehouseSettings.OnNewColumn;

/**
 * Compares declared columns with those that the job wrote: a column that is missing in the files,
 * by the table's name, or has another type there, would be null in every row.
 */
final class Declared {

  private Declared() {}

  /**
   * @throws LoadRefusedException if a policy refuses the difference
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
      throw new LoadRefusedException(
          "The job's result has no column %s, which warehouse.columns declares (as warehouse.column-names=%s calls them); it has %s"
              .formatted(
                  ColumnChanges.names(changes.added()),
                  settings.columnNames().word(),
                  ColumnChanges.names(written)),
          "correct the names, or set warehouse.on-missing-column=null");
    }
    if (!changes.changed().isEmpty()
        && settings.changes().onChangedColumn() == OnChangedColumn.FAIL) {
      throw new LoadRefusedException(
          "warehouse.columns declares %s with another type than the job wrote"
              .formatted(ColumnChanges.names(changes.changed())),
          "correct the type, or set warehouse.on-changed-column=rebuild if every value can be cast; or cast in transform.sql or in your own steps for runs to come");
    }
    if (!changes.missing().isEmpty() && settings.changes().onNewColumn() == OnNewColumn.FAIL) {
      throw new LoadRefusedException(
          "The job wrote columns that warehouse.columns does not declare: %s (warehouse.on-new-column=fail)"
              .formatted(String.join(", ", changes.missing())),
          "declare them, or set warehouse.on-new-column=ignore");
    }
  }
}
