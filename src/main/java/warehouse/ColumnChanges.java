package warehouse;

import contract.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the wanted columns differ from the table's.
 *
 * @param added the columns that the table lacks
 * @param changed the columns that have another type in the table
 * @param missing the columns that only the table has
 * @param shown each column's type in the table
 */
record ColumnChanges(
    List<Column> added, List<Column> changed, List<String> missing, Map<String, String> shown) {

  static ColumnChanges between(List<Column> wanted, Map<String, String> shown) {
    List<Column> added = new ArrayList<>();
    List<Column> changed = new ArrayList<>();
    TreeSet<String> missing = new TreeSet<>(shown.keySet());
    for (Column column : wanted) {
      String type = shown.get(column.name());
      if (type == null) {
        added.add(column);
      } else if (!type.equals(ColumnType.of(column.type()).shown())) {
        changed.add(column);
      }
      missing.remove(column.name());
    }
    return new ColumnChanges(added, changed, List.copyOf(missing), shown);
  }

  /**
   * The columns that a table of another owner lacks: its names may have another case, and its types
   * may differ.
   */
  static List<Column> lacking(List<Column> wanted, Map<String, String> shown) {
    Map<String, String> spelling = spelling(shown);
    return wanted.stream().filter(column -> !spelling.containsKey(column.name())).toList();
  }

  /** The columns that such a table has, in its spelling. */
  static List<Column> spelled(List<Column> wanted, Map<String, String> shown) {
    Map<String, String> spelling = spelling(shown);
    return wanted.stream()
        .filter(column -> spelling.containsKey(column.name()))
        .map(
            column ->
                shown.containsKey(column.name())
                    ? column
                    : new Column(spelling.get(column.name()), column.type()))
        .toList();
  }

  /** The table's names by their form without case. */
  private static Map<String, String> spelling(Map<String, String> shown) {
    Map<String, String> spelling = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    shown.keySet().forEach(name -> spelling.put(name, name));
    return spelling;
  }

  /** The changes as a text for a message. */
  String changes() {
    return String.join(
        ", ",
        changed.stream()
            .map(
                column ->
                    "%s is %s in the table and %s in the job's result"
                        .formatted(
                            new Identifier(column.name()),
                            shown.get(column.name()),
                            ColumnType.of(column.type()).shown()))
            .toList());
  }

  static String names(List<Column> columns) {
    return String.join(
        ", ", columns.stream().map(column -> new Identifier(column.name()).toString()).toList());
  }
}
