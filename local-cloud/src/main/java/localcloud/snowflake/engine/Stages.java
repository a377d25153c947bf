package localcloud.snowflake.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.snowflake.catalog.Catalog;
import localcloud.snowflake.catalog.ExternalTable;
import localcloud.snowflake.catalog.Stage;
import localcloud.snowflake.sql.Refusal;

/**
 * Stages and the tables over them: <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/create-stage">CREATE STAGE</a>.
 */
final class Stages {

  private static final Pattern URL = Pattern.compile("s3://([^/]+)(?:/(.*))?", Pattern.DOTALL);

  private final Catalog catalog;

  Stages(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Bucket and key prefix of a stage's URL. */
  static String[] bucketAndPrefix(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new Refusal(
          "001011", "42601", "SQL compilation error:\ninvalid URL prefix found in: '" + url + "'");
    }
    return new String[] {parts.group(1), parts.group(2) == null ? "" : parts.group(2)};
  }

  /**
   * The stage of a table. A stage that was dropped or recreated is no longer the stage that the
   * table was created over: such a table is invalid until it is recreated too.
   */
  Stage of(ExternalTable table) {
    Stage stage;
    try {
      stage = catalog.stage(table.stage());
    } catch (Refusal missing) {
      throw invalid(table);
    }
    if (stage.id() != table.stageId()) {
      throw invalid(table);
    }
    return stage;
  }

  private static Refusal invalid(ExternalTable table) {
    return new Refusal(
        "091093",
        "55000",
        "External table " + table.name() + " marked invalid. Missing stage " + table.stage() + ".");
  }
}
