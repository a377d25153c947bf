package localcloud.snowflake.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import localcloud.snowflake.catalog.Buckets.StoredObject;

/**
 * The Parquet files that DuckDB reads. Each has a plain number as its name, as a link in a separate
 * folder: DuckDB treats stars and brackets in a name as a pattern, and an object's key may contain
 * anything.
 */
final class ParquetFiles {

  /**
   * A column at the top of a Parquet file.
   *
   * @param name exactly as in the file
   * @param duckName its name in DuckDB, which differs if two names differ only in case
   * @param duckType DuckDB's type
   */
  record Field(String name, String duckName, String duckType) {}

  /** Files of one schema; the links are in the order of the keys. */
  record Group(List<Field> fields, List<String> keys, List<String> links) {

    Optional<Field> field(String name) {
      return fields.stream().filter(f -> f.name().equals(name)).findFirst();
    }

    Optional<Field> fieldInAnyCase(String name) {
      return field(name)
          .or(() -> fields.stream().filter(f -> f.name().equalsIgnoreCase(name)).findFirst());
    }
  }

  private record Version(Path file, long size, Instant lastModified) {}

  private record Probed(String link, Optional<List<Field>> fields) {}

  private final Path links;
  private final AtomicLong lastLink = new AtomicLong();
  private final Map<Version, Probed> probed = new ConcurrentHashMap<>();

  /**
   * @param links an empty folder for exclusive use
   */
  ParquetFiles(Path links) {
    this.links = links;
  }

  /**
   * The files by schema. A file that is no Parquet is left out: "If Snowflake encounters an error
   * while scanning a file in cloud storage during a query operation, the file is skipped" (<a
   * href="https://docs.snowflake.com/en/user-guide/tables-external-intro">Introduction to external
   * tables</a>). It stays registered.
   */
  List<Group> groups(List<StoredObject> objects, Connection duck) throws SQLException {
    Map<List<Field>, Group> bySchema = new LinkedHashMap<>();
    for (StoredObject object : objects) {
      Probed file = probe(object, duck);
      if (file.fields().isPresent()) {
        List<Field> fields = file.fields().get();
        Group group =
            bySchema.computeIfAbsent(
                fields, f -> new Group(f, new ArrayList<>(), new ArrayList<>()));
        group.keys().add(object.key());
        group.links().add(file.link());
      }
    }
    return List.copyOf(bySchema.values());
  }

  private Probed probe(StoredObject object, Connection duck) throws SQLException {
    Version version = new Version(object.file(), object.size(), object.lastModified());
    Probed known = probed.get(version);
    if (known == null) {
      Path link = links.resolve(lastLink.incrementAndGet() + ".parquet");
      try {
        Files.createSymbolicLink(link, object.file());
      } catch (IOException e) {
        throw new SQLException("Cannot link " + object.file() + ": " + e.getMessage(), e);
      }
      known = new Probed(link.toString(), fields(link.toString(), duck));
      probed.put(version, known);
    }
    return known;
  }

  private static Optional<List<Field>> fields(String link, Connection duck) throws SQLException {
    String list = "[" + Typed.quote(link) + "]";
    try (Statement statement = duck.createStatement()) {
      List<String> names = topLevel(statement, list);
      List<Field> fields = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "DESCRIBE SELECT * FROM read_parquet(" + list + ", hive_partitioning = false)")) {
        while (rows.next()) {
          fields.add(new Field(names.get(fields.size()), rows.getString(1), rows.getString(2)));
        }
      }
      return Optional.of(fields);
    } catch (SQLException e) {
      if (String.valueOf(e.getMessage()).matches("(?s)(Permission|INTERRUPT|Out of Memory).*")) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** The names right below the root, exactly as written: the schema is a tree in pre-order. */
  private static List<String> topLevel(Statement statement, String list) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery("SELECT name, num_children FROM parquet_schema(" + list + ")")) {
      rows.next();
      int inside = 0;
      while (rows.next()) {
        if (inside == 0) {
          names.add(rows.getString(1));
        } else {
          inside--;
        }
        inside += rows.getInt(2);
      }
    }
    return names;
  }
}
