package localcloud.snowflake.catalog;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** A database and its schemas; guarded by its {@link Catalog}. */
final class Database {

  final String name;
  final Instant created;
  final String comment;
  final SortedMap<String, Schema> schemas = new TreeMap<>();

  Database(String name, Instant created, String comment) {
    this.name = name;
    this.created = created;
    this.comment = comment;
    schemas.put("PUBLIC", new Schema("PUBLIC", created, ""));
  }
}
