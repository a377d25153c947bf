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
 * Makes a table anew beside the old one, registers the same files in it, proves that it has the
 * same rows and values, and only then gives it the old one's name. A crash at any point leaves
 * readers with the old table whole, or with the new one.
 *
 * @param table as it will be
 * @param present what has the name beside it
 * @param pipeline whose table it is
 * @param portions how many files a statement takes
 */
record Rebuild(ExternalTable table, Optional<Found> present, String pipeline, Portions portions) {

  private static final Pattern OUTPUT = Pattern.compile("run=r-[^/]+/attempt=[0-9]+/.*");

  /** The table beside. */
  static ExternalTable beside(ExternalTable table) {
    return table.with("__REBUILD");
  }

  /**
   * Adds the statements.
   *
   * @param comment of the new table
   * @param changed the columns that have another type in it
   */
  void ask(Questions questions, String comment, List<Column> changed) {
    present
        .filter(found -> !(found.isExternalTable() && found.isOf(pipeline)))
        .ifPresent(
            found -> {
              throw new IllegalStateException(
                  "%s is to be rebuilt, and %s (%s) is in the way, which the service has not made; rename it"
                      .formatted(table.name(), beside(table).name(), found.type()));
            });
    questions.ask(
        table.registeredFiles(),
        files ->
            questions.ask(
                table.countRows(),
                rows ->
                    build(
                        questions,
                        comment,
                        changed,
                        outputs(files),
                        rows.get(0).number("ROW_COUNT"))));
  }

  private void build(
      Questions questions,
      String comment,
      List<Column> changed,
      Map<String, Long> files,
      long rows) {
    ExternalTable next = beside(table);
    questions.send(next.create("CREATE OR REPLACE EXTERNAL TABLE", comment));
    questions.send(portions.named(next, List.copyOf(files.keySet())));
    questions.ask(next.registeredFiles(), answer -> proveFiles(files, outputs(answer)));
    questions.ask(
        next.countRows(), answer -> prove("rows", rows, answer.get(0).number("ROW_COUNT")));
    changed.forEach(column -> proveValues(questions, next, column.name()));
    questions.ask(
        Inventory.grants(table.name()),
        answer -> questions.send(Inventory.sameGrants(answer, next.name())));
    questions.send(table.swapWith(next));
    questions.send(next.drop());
  }

  private void proveFiles(Map<String, Long> before, Map<String, Long> after) {
    if (!before.equals(after)) {
      throw new IllegalStateException(
          "Cannot rebuild %s: %s; readers have the old table"
              .formatted(table.name(), LoadCheck.files(before, after)));
    }
  }

  private void proveValues(Questions questions, ExternalTable next, String column) {
    questions.ask(
        table.countValues(column),
        before ->
            questions.ask(
                next.countValues(column),
                after ->
                    prove(
                        "values in " + new Identifier(column),
                        before.get(0).number("VALUE_COUNT"),
                        after.get(0).number("VALUE_COUNT"))));
  }

  private void prove(String what, long before, long after) {
    if (before != after) {
      throw new IllegalStateException(
          "Cannot rebuild %s: it has %d %s, and with the new definition it would have %d; readers have the old table"
              .formatted(table.name(), before, what, after));
    }
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
      throw new IllegalStateException(
          "Cannot rebuild %s: files are registered in it that no run wrote: %s; remove them, or drop the table"
              .formatted(table.name(), foreign));
    }
    return sizes;
  }
}
