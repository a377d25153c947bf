package warehouse;

/**
 * A folder in a stage.
 *
 * @param stage the stage
 * @param path below the stage's URL; empty, or ending with a slash
 */
public record StageFolder(ObjectName stage, String path) {

  /**
   * The folder of a stage at that address.
   *
   * @param url the stage's URL
   * @param location the folder's address
   * @throws LoadRefusedException if the folder is not below the stage
   */
  static StageFolder of(ObjectName stage, String url, String location) {
    String base = url.endsWith("/") ? url : url + "/";
    if (!location.startsWith(base)) {
      throw new LoadRefusedException(
          "Stage %s is over %s, and the curated files are in %s; nothing was changed"
              .formatted(stage, url, location),
          "name another stage (warehouse.stage), or drop this one");
    }
    return new StageFolder(stage, location.substring(base.length()));
  }

  /**
   * The folder in SQL. If it has other than plain characters, the whole needs quotes (Snowflake SQL
   * reference, CREATE EXTERNAL TABLE, LOCATION).
   */
  String sql() {
    String plain = "@" + stage.sql();
    if (path.isEmpty()) {
      return plain;
    }
    return path.matches("[A-Za-z0-9_./=-]+") ? plain + "/" + path : Literal.of(plain + "/" + path);
  }
}
