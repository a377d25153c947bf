package warehouse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Registers many files in statements that Snowflake accepts. A REFRESH that finds more than a
 * million files is refused (users of dbt-external-tables, issue 151), and ADD FILES takes a
 * thousand names (Snowflake SQL reference, ALTER EXTERNAL TABLE).
 *
 * @param mostRefreshed the most files below a folder that one statement refreshes
 * @param mostAdded the most files that one statement adds or removes by name
 */
record RefreshBatches(int mostRefreshed, int mostAdded) {

  static final RefreshBatches SNOWFLAKES = new RefreshBatches(500_000, 1_000);

  /**
   * The statements that register the files: one REFRESH for a folder with few enough files,
   * otherwise those of its subfolders, and ADD FILES for files outside of these.
   *
   * @param folder ends with a slash
   * @param files the files below it, relative to it
   */
  List<String> statements(ExternalTable table, String folder, Collection<String> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    if (files.size() <= mostRefreshed) {
      return List.of(table.refresh(folder));
    }
    List<String> statements = new ArrayList<>();
    List<String> here = new ArrayList<>();
    Map<String, List<String>> below = new LinkedHashMap<>();
    for (String file : new TreeSet<>(files)) {
      int slash = file.indexOf('/');
      if (slash < 0) {
        here.add(folder + file);
      } else {
        below
            .computeIfAbsent(file.substring(0, slash + 1), name -> new ArrayList<>())
            .add(file.substring(slash + 1));
      }
    }
    below.forEach((name, some) -> statements.addAll(statements(table, folder + name, some)));
    statements.addAll(named(table, here));
    return statements;
  }

  /**
   * The statements that register the files by name.
   *
   * @param files relative to the table's prefix
   */
  List<String> named(ExternalTable table, List<String> files) {
    return some(files, table::addFiles);
  }

  /**
   * The statements that take the files out of the table.
   *
   * @param files relative to the table's prefix
   */
  List<String> removed(ExternalTable table, List<String> files) {
    return some(files, table::removeFiles);
  }

  private List<String> some(List<String> files, Function<List<String>, String> statement) {
    List<String> statements = new ArrayList<>();
    for (int from = 0; from < files.size(); from += mostAdded) {
      statements.add(
          statement.apply(files.subList(from, Math.min(files.size(), from + mostAdded))));
    }
    return statements;
  }
}
