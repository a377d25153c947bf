package warehouse;

/**
 * A column whose values are folders of the curated files, {@code …/REGION=eu/…}, as Spark lays them
 * out.
 *
 * @param column the table's name of it
 * @param source the job's name of it, which the folders have
 */
record PartitionColumn(String column, String source) {

  /** What Spark calls the folder of null (ExternalCatalogUtils.DEFAULT_PARTITION_NAME). */
  private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

  /** What Spark writes as % and two hexadecimal digits (ExternalCatalogUtils.charToEscape). */
  private static final String ESCAPED = "\"#%'*/:=?[\\]^{\u007f";

  private static final char FIRST_PLAIN = ' ';

  /**
   * The value's text out of a file's path: NULL where the folder says so, and where there is no
   * such folder. The job lets no value pass that its folder's name does not hold as it is, because
   * of the functions that a partition column's expression may use none replaces a text (Snowflake
   * SQL reference, CREATE EXTERNAL TABLE, "part_expr").
   */
  String sql() {
    return "NULLIF(NULLIF(SPLIT_PART(SPLIT_PART(METADATA$FILENAME, %s, 2), '/', 1), ''), '%s')"
        .formatted(Literal.of("/" + folder()), NULL);
  }

  /** What the folders' names begin with. */
  String folder() {
    StringBuilder folder = new StringBuilder();
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      boolean isEscaped = (c > 0 && c < FIRST_PLAIN) || ESCAPED.indexOf(c) >= 0;
      folder.append(isEscaped ? "%%%02X".formatted((int) c) : String.valueOf(c));
    }
    return folder.append('=').toString();
  }
}
