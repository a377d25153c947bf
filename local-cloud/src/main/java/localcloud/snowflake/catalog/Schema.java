package localcloud.snowflake.catalog;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** A schema and what is in it; guarded by its {@link Catalog}. */
final class Schema {

  final String name;
  final Instant created;
  final String comment;
  final SortedMap<String, Stage> stages = new TreeMap<>();
  final SortedMap<String, FileFormat> formats = new TreeMap<>();
  final SortedMap<String, Relation> relations = new TreeMap<>();

  Schema(String name, Instant created, String comment) {
    this.name = name;
    this.created = created;
    this.comment = comment;
  }
}
