package warehouse;

import contract.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import warehouse.Inventory.Found;

/**
 * Creates a new table beside the old one, registers the same files in it, proves that it has the
 * same rows and values, and only then gives it the old one's name. After a crash at any point
 * readers have the complete old table, or the new one.
 *
 * @param table the new table
 * @param present the object with the name of the new table, if any
 * @param pipeline the table's pipeline
 * @param portions how many files a statement registers
 * @param queries the queue for its statements
 */
record Rebuild(
    ExternalTable table,
    Optional<Found> present,
    String pipeline,
    RefreshBatches portions,
    StatementQueue queries) {

  private static final Pattern OUTPUT = Pattern.compile("run=r-[^/]+/attempt=[0-9]+/.*");

  /** The table beside. */
  static ExternalTable beside(ExternalTable table) {
    return table.with("__REBUILD");
  }

  /**
   * Adds the statements.
   *
   * @param comment the new table's comment
   * @param kept the columns that the old table also has
   * @param shown their types in the old table
   */
  void ask(String comment, List<Column> kept, Map<String, String> shown) {
    present
        .filter(found -> !(found.isExternalTable() && found.isOf(pipeline)))
        .ifPresent(
            found -> {
              throw new LoadRefusedException(
                  "%s is to be rebuilt, and %s (%s) is in the way, which the service did not create"
                      .formatted(table.name(), beside(table).name(), found.type()),
                  "rename it");
            });
    queries.ask(
        table.registeredFiles(),
        files ->
            queries.ask(
                table.countRows(),
                rows ->
                    build(comment, kept, shown, outputs(files), rows.get(0).number("ROW_COUNT"))));
  }

  /** Drops the table that an earlier rebuild has left beside this one. */
  void clearAway() {
    present
        .filter(left -> left.isExternalTable() && left.isOf(pipeline))
        .ifPresent(left -> dropBeside());
  }

  /**
   * Another service that is stopping may have registered files in the old table while this one
   * created the new one: files that only the old table has must not be lost with it.
   */
  private void dropBeside() {
    ExternalTable old = beside(table);
    queries.ask(
        old.registeredFiles(),
        before ->
            queries.ask(
                table.registeredFiles(),
                now -> {
                  List<String> late = new ArrayList<>(outputs(before).keySet());
                  late.removeAll(outputs(now).keySet());
                  queries.send(portions.named(table, late));
                  queries.send(old.drop());
                }));
  }

  private void build(
      String comment,
      List<Column> kept,
      Map<String, String> shown,
      Map<String, Long> files,
      long rows) {
    ExternalTable next = beside(table);
    queries.send(next.create("CREATE OR REPLACE EXTERNAL TABLE", comment));
    queries.send(portions.named(next, List.copyOf(files.keySet())));
    queries.ask(next.registeredFiles(), answer -> proveFiles(files, outputs(answer)));
    queries.ask(next.countRows(), answer -> proveRows(rows, answer.get(0).number("ROW_COUNT")));
    proveValues(next, kept);
    kept.stream()
        .filter(column -> !ColumnType.of(column.type()).shown().equals(shown.get(column.name())))
        .forEach(column -> proveUnchanged(next, column, shown.get(column.name())));
    queries.ask(
        Inventory.grants(table.name()),
        answer -> queries.send(Inventory.sameGrants(answer, next.name())));
    queries.send(table.swapWith(next));
    dropBeside();
  }

  private void proveUnchanged(ExternalTable next, Column column, String shown) {
    queries.ask(
        next.countChanged(column, shown),
        rows -> {
          long changed = rows.get(0).number("CHANGED");
          if (changed > 0) {
            throw new LoadRefusedException(
                "Cannot rebuild %s: as %s, %d values in %s would differ from their values as %s; readers have the old table"
                    .formatted(
                        table.name(),
                        ColumnType.of(column.type()).sql(),
                        changed,
                        new Identifier(column.name()),
                        shown),
                "give the pipeline another warehouse.table, or cast back in transform.sql or in your own steps");
          }
        });
  }

  private void proveFiles(Map<String, Long> before, Map<String, Long> after) {
    if (!before.equals(after)) {
      throw new IllegalStateException(
          "Cannot rebuild %s: %s; readers have the old table"
              .formatted(table.name(), LoadCheck.files(before, after)));
    }
  }

  private void proveValues(ExternalTable next, List<Column> kept) {
    if (kept.isEmpty()) {
      return;
    }
    queries.ask(
        table.countValues(kept),
        before ->
            queries.ask(
                next.countValues(kept),
                after -> kept.forEach(column -> proveValues(column, before.get(0), after.get(0)))));
  }

  /** A column that has become a folder, or no longer is one, has no value in the earlier files. */
  private void proveValues(Column column, Row before, Row after) {
    long values = before.number(column.name());
    if (values != after.number(column.name())) {
      throw new LoadRefusedException(
          different(
              "values in " + new Identifier(column.name()), values, after.number(column.name())),
          "set curated.partition-by back if it was changed, or give the pipeline another warehouse.table");
    }
  }

  private void proveRows(long before, long after) {
    if (before != after) {
      throw new IllegalStateException(different("rows", before, after));
    }
  }

  private String different(String what, long before, long after) {
    return "Cannot rebuild %s: it has %d %s, and with the new definition it would have %d; readers have the old table"
        .formatted(table.name(), before, what, after);
  }

  /** The size of each registered file by its name relative to the table's prefix. */
  private Map<String, Long> outputs(List<Row> rows) {
    Map<String, Long> sizes = new TreeMap<>();
    List<String> foreign = new ArrayList<>();
    LoadCheck.sizes(rows)
        .forEach(
            (name, size) -> {
              Matcher output = OUTPUT.matcher(name);
              if (output.find()) {
                sizes.put(output.group(), size);
              } else {
                foreign.add(name);
              }
            });
    if (!foreign.isEmpty()) {
      throw new LoadRefusedException(
          "Cannot rebuild %s: files are registered in it that no run wrote: %s"
              .formatted(table.name(), foreign),
          "remove them (ALTER EXTERNAL TABLE … REMOVE FILES), or drop the table");
    }
    return sizes;
  }
}
