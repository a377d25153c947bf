package bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;

/** The shape of the rows of one comparison. */
enum Shape {
  /** Four numbers and a text, as CSV. */
  IRIS("csv", "csv", 1),
  /** Forty columns of all types, with nulls and texts in quotes, as CSV. */
  WIDE("csv", "csv", 10),
  /** Some columns, a struct and a list, as JSON lines. */
  JSON("json", "json-lines", 5),
  /** The types of WIDE, as Parquet: nothing is parsed. */
  PARQUET("parquet", "parquet", 10);

  private final String format;
  private final String contractFormat;
  private final int share;

  Shape(String format, String contractFormat, int share) {
    this.format = format;
    this.contractFormat = contractFormat;
    this.share = share;
  }

  /** Its name in Spark. */
  String format() {
    return format;
  }

  /** Its name in a job description. */
  String contractFormat() {
    return contractFormat;
  }

  /** The name in options and keys. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The option that selects it. */
  String option() {
    return "--" + label();
  }

  /** The key of its ratio in the last line. */
  String key() {
    return this == IRIS ? "ratio" : label() + "-ratio";
  }

  /** How many rows take about as long as that many of iris. */
  int rows(int ofIris) {
    return ofIris / share;
  }

  /** Writes that many rows of it, always the same ones. */
  Input write(Path folder, int rows) throws IOException, SQLException {
    return this == IRIS ? IrisCsv.write(folder, rows) : WiderRows.of(this).write(folder, rows);
  }
}
