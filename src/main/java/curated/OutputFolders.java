package curated;

import contract.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The columns that are folders of what steps wrote, {@code REGION=eu/part-0.parquet}.
 *
 * @param partitionBy the columns that the pipeline configures as folders, in their order
 * @param declared the types of the table's declared columns, by name
 */
record OutputFolders(List<String> partitionBy, Map<String, String> declared) {

  private static final Pattern ESCAPED = Pattern.compile("%[0-9A-Fa-f]{2}");
  private static final String TEXT = "string";

  /** The form of a folder's value of that type. */
  private static final Map<Pattern, Pattern> VALUES =
      Map.of(
          Pattern.compile("tinyint|smallint|int|bigint"), Pattern.compile("[+-]?[0-9]+"),
          Pattern.compile("decimal\\(.*"), Pattern.compile("[+-]?[0-9]+([.][0-9]+)?"),
          Pattern.compile("boolean"), Pattern.compile("true|false"),
          Pattern.compile("date"), Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
          Pattern.compile(TEXT), Pattern.compile(".*", Pattern.DOTALL));

  /** Spark's name for the folder of null (ExternalCatalogUtils.DEFAULT_PARTITION_NAME). */
  private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

  /**
   * The columns that are folders of one file, in the folders' spelling.
   *
   * @param uri names the file
   * @param path the file's path below the output
   * @throws UnfitOutput if its folders are not those that are configured, or a value cannot be read
   *     back from its folder
   */
  List<Column> columns(String uri, String path) {
    List<Column> columns = new ArrayList<>();
    String[] parts = path.split("/", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0) {
        Column column = column(parts[i].substring(0, equals));
        check(uri, parts[i], column, parts[i].substring(equals + 1));
        columns.add(column);
      }
    }
    List<String> names = columns.stream().map(Column::name).toList();
    if (!String.join("/", names).equalsIgnoreCase(String.join("/", partitionBy))) {
      throw new UnfitOutput(
          "The file %s lies in folders of the columns %s, and curated.partition-by names %s; a folder's column that is not named would be lost"
              .formatted(uri, names, partitionBy),
          uri);
    }
    return columns;
  }

  private Column column(String name) {
    return new Column(name, declared.getOrDefault(name, TEXT));
  }

  private static void check(String uri, String folder, Column column, String value) {
    if (ESCAPED.matcher(folder).find() || value.isEmpty()) {
      throw new UnfitOutput(
          "The file %s lies in the folder %s, whose value cannot be read back: it is empty, or has a character that is written as %% and two digits"
              .formatted(uri, folder),
          uri);
    }
    boolean fits =
        VALUES.entrySet().stream()
            .anyMatch(
                form ->
                    form.getKey().matcher(column.type()).matches()
                        && form.getValue().matcher(value).matches());
    if (!fits && !value.equals(NULL)) {
      throw new UnfitOutput(
          "The file %s lies in the folder %s, which is no %s as warehouse.columns declares it"
              .formatted(uri, folder, column.type()),
          uri);
    }
  }
}
