package warehouse;

/**
 * A column whose values are folders of the curated files, {@code …/REGION=eu/…}, as Spark lays them
 * out.
 *
 * @param column its name in the table
 * @param source its name in the job, which the folders have
 */
record PartitionColumn(String column, String source) {

  /** Spark's name for the folder of null (ExternalCatalogUtils.DEFAULT_PARTITION_NAME). */
  private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

  /**
   * The characters that Spark writes as % and two hexadecimal digits
   * (ExternalCatalogUtils.charToEscape).
   */
  private static final String ESCAPED = "\"#%'*/:=?[\\]^{\u007f";

  private static final char FIRST_PLAIN = ' ';

  /**
   * The value's text from a file's path: NULL if the folder says so or does not exist. The job
   * refuses values that a folder's name cannot hold as they are, because none of the functions that
   * a partition column's expression may use replaces a text (Snowflake SQL reference, CREATE
   * EXTERNAL TABLE, "part_expr").
   */
  String sql() {
    return "NULLIF(NULLIF(SPLIT_PART(SPLIT_PART(METADATA$FILENAME, %s, 2), '/', 1), ''), '%s')"
        .formatted(Literal.of("/" + folder()), NULL);
  }

  /** The beginning of the folders' names. */
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
