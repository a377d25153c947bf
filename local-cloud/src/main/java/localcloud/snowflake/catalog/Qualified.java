package localcloud.snowflake.catalog;

import localcloud.snowflake.sql.ObjectName;

/** The full name of something inside a schema, each part as stored. */
public record Qualified(String database, String schema, String name) {

  /** As Snowflake's messages show it. */
  @Override
  public String toString() {
    return ObjectName.of(database, schema, name).toString();
  }
}
