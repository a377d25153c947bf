package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Files that both programs read.
 *
 * @param columns as they are declared to both
 * @param rows the rows in all files, including bad ones
 * @param badRows that the job rejects
 */
record Input(Shape shape, List<Column> columns, List<Path> files, int rows, int badRows) {

  /**
   * A column.
   *
   * @param type in Spark's DDL
   */
  record Column(String name, String type) {}

  /** The columns in Spark's DDL. */
  String ddl() {
    return columns.stream()
        .map(column -> column.name() + " " + column.type())
        .collect(Collectors.joining(", "));
  }

  /** The columns in a job description. */
  String columnsJson() {
    return columns.stream()
        .map(
            column ->
                "{\"name\": \"%s\", \"type\": \"%s\"}".formatted(column.name(), column.type()))
        .collect(Collectors.joining(",\n      "));
  }

  /** Bytes. */
  long size() throws IOException {
    long size = 0;
    for (Path file : files) {
      size += Files.size(file);
    }
    return size;
  }
}
