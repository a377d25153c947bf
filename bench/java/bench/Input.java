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
 * @param rows in all files, bad ones included
 * @param badRows that the job rejects
 */
record Input(Shape shape, List<Column> columns, List<Path> files, int rows, int badRows) {

  /**
   * A column.
   *
   * @param type in Spark's DDL
   */
  record Column(String name, String type) {}

  /** The columns as Spark's DDL has them. */
  String ddl() {
    return columns.stream()
        .map(column -> column.name() + " " + column.type())
        .collect(Collectors.joining(", "));
  }

  /** The columns as a job description has them. */
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
