package warehouse;

import contract.Column;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import warehouse.WarehouseSettings.OnChangedColumn;
import warehouse.WarehouseSettings.OnMissingColumn;
import warehouse.WarehouseSettings.OnNewColumn;

/**
 * Compares declared columns with those that the job wrote: a column that the files do not have, by
 * its name with its case, or have with another type, would be null in every row.
 */
final class Declared {

  private Declared() {}

  /**
   * @throws IllegalStateException if a policy refuses what differs
   */
  static void check(List<Column> declared, List<Column> written, WarehouseSettings settings) {
    Map<String, Column> byName =
        written.stream().collect(Collectors.toMap(Column::name, Function.identity()));
    List<Column> missing =
        declared.stream().filter(column -> !byName.containsKey(column.name())).toList();
    if (!missing.isEmpty() && settings.changes().onMissingColumn() == OnMissingColumn.FAIL) {
      throw new IllegalStateException(
          "The job's result has no column %s, which warehouse.columns declares (upper and lower case matter); it has %s. Correct the names, or set warehouse.on-missing-column=null"
              .formatted(ColumnChanges.names(missing), ColumnChanges.names(written)));
    }
    List<Column> changed =
        declared.stream()
            .filter(column -> byName.containsKey(column.name()))
            .filter(column -> !isSameType(column, byName.get(column.name())))
            .toList();
    if (!changed.isEmpty() && settings.changes().onChangedColumn() == OnChangedColumn.FAIL) {
      throw new IllegalStateException(
          "warehouse.columns declares %s with another type than the job wrote; cast in transform.sql, correct the type, or set warehouse.on-changed-column=rebuild if every value can be cast"
              .formatted(ColumnChanges.names(changed)));
    }
    List<Column> undeclared =
        written.stream()
            .filter(
                column -> declared.stream().noneMatch(other -> other.name().equals(column.name())))
            .toList();
    if (!undeclared.isEmpty() && settings.changes().onNewColumn() == OnNewColumn.FAIL) {
      throw new IllegalStateException(
          "The job wrote columns that warehouse.columns does not declare: %s (warehouse.on-new-column=fail); declare them, or leave them out in transform.sql"
              .formatted(ColumnChanges.names(undeclared)));
    }
  }

  private static boolean isSameType(Column one, Column other) {
    return ColumnType.of(one.type()).equals(ColumnType.of(other.type()));
  }
}
