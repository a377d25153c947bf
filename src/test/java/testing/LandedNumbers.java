package testing;

import java.util.Map;

/** The settings of a pipeline that takes at once what lands, lines of one number each. */
final class LandedNumbers {

  private LandedNumbers() {}

  /**
   * The settings.
   *
   * @param name the pipeline's, its landing prefix's and its table's
   * @param database where its table is
   */
  static Map<String, String> pipeline(String name, String database) {
    String prefix = "pipelines." + name + ".";
    return Map.of(
        prefix + "landing.bucket", "landing",
        prefix + "landing.poll", "1s",
        prefix + "batch.max-wait", "0s",
        prefix + "input.columns", "N bigint",
        prefix + "curated.bucket", "curated",
        prefix + "warehouse.database", database,
        prefix + "warehouse.table", name,
        prefix + "warehouse.manage", "everything");
  }
}
