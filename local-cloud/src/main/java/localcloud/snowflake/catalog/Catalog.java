package localcloud.snowflake.catalog;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import localcloud.snowflake.sql.ObjectName;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.Statement.ObjectKind;
import localcloud.snowflake.sql.Statement.OnConflict;

/**
 * Everything that has been created, in memory, shared by all sessions. Every method is one atomic
 * step; what it returns is immutable.
 */
public final class Catalog {

  /** The outcome of a CREATE. */
  public enum Created {
    NEW,
    KEPT
  }

  /** A line of SHOW for a database or a schema. */
  public record Listed(String database, String name, Instant created, String comment) {}

  /** Of one table. */
  private static final int EVENTS_KEPT = 100_000;

  private final Clock clock;
  private final SortedMap<String, Database> databases = new TreeMap<>();
  private final Map<Long, SortedMap<String, RegisteredFile>> files = new HashMap<>();
  private final Map<Long, List<FileEvent>> events = new HashMap<>();
  private long lastId;

  /** An empty catalog whose creation times come from the clock. */
  public Catalog(Clock clock) {
    this.clock = clock;
  }

  /** A number that no stage and no table of this catalog has had. */
  public synchronized long nextId() {
    return ++lastId;
  }

  /** CREATE DATABASE; it has a schema PUBLIC from the start. */
  public synchronized Created createDatabase(String name, OnConflict onConflict, String comment) {
    if (keep(databases.containsKey(name), onConflict, name)) {
      return Created.KEPT;
    }
    forgetFiles(databases.put(name, new Database(name, clock.instant(), comment)));
    return Created.NEW;
  }

  /** CREATE SCHEMA. */
  public synchronized Created createSchema(
      String database, String name, OnConflict onConflict, String comment) {
    Database parent = database(database);
    if (keep(parent.schemas.containsKey(name), onConflict, name)) {
      return Created.KEPT;
    }
    forgetFiles(parent.schemas.put(name, new Schema(name, clock.instant(), comment)));
    return Created.NEW;
  }

  /** CREATE STAGE. */
  public synchronized Created createStage(Stage stage, OnConflict onConflict) {
    return create(schema(stage.name()).stages, stage.name().name(), stage, onConflict);
  }

  /** CREATE FILE FORMAT. */
  public synchronized Created createFormat(FileFormat format, OnConflict onConflict) {
    return create(schema(format.name()).formats, format.name().name(), format, onConflict);
  }

  /**
   * CREATE EXTERNAL TABLE, with the files of its first refresh in the same step; OR REPLACE loses
   * all files that the old one had registered.
   */
  public synchronized Created createTable(
      ExternalTable table,
      OnConflict onConflict,
      List<FileChange> firstFiles,
      List<FileEvent> firstEvents) {
    Optional<Relation> old = relation(table.name());
    Created created = createRelation(table, onConflict);
    if (created == Created.NEW) {
      old.ifPresent(replaced -> forgetFiles(replaced.id()));
      files.put(table.id(), changed(new TreeMap<>(), firstFiles));
      events.put(table.id(), List.copyOf(firstEvents));
    }
    return created;
  }

  /** CREATE TABLE of a table that is not external. */
  public synchronized Created createTable(PlainTable table, OnConflict onConflict) {
    return createRelation(table, onConflict);
  }

  /** CREATE VIEW. */
  public synchronized Created createView(View view, OnConflict onConflict) {
    return createRelation(view, onConflict);
  }

  private Created createRelation(Relation relation, OnConflict onConflict) {
    Qualified name = relation.name();
    Optional<Relation> old = relation(name);
    if (old.isPresent() && old.get().kind() != relation.kind()) {
      throw Refusal.existsAs(ObjectName.shown(name.name()), old.get().kind().name());
    }
    return create(schema(name).relations, name.name(), relation, onConflict);
  }

  /**
   * ALTER, in one step.
   *
   * @param kind the kind in the statement; TABLE includes external ones
   */
  public synchronized void change(Qualified name, ObjectKind kind, UnaryOperator<Relation> change) {
    Relation old = found(relation(name).orElse(null), kind.shown(), name);
    boolean fits =
        old.kind() == kind || (kind == ObjectKind.TABLE && old.kind() == ObjectKind.EXTERNAL_TABLE);
    if (!fits) {
      throw Refusal.otherKind(old.kind().name(), kind.name());
    }
    schema(name).relations.put(name.name(), change.apply(old));
  }

  /** SWAP WITH: each gets the other's name, in one step, and keeps its files. */
  public synchronized void swap(Qualified one, Qualified other) {
    change(
        one,
        ObjectKind.TABLE,
        first -> {
          Relation second = found(relation(other).orElse(null), "Table", other);
          if (second.kind() != first.kind()) {
            throw Refusal.otherKind(second.kind().name(), first.kind().name());
          }
          schema(other).relations.put(other.name(), first.named(other));
          return second.named(one);
        });
  }

  private static <T> Created create(
      Map<String, T> where, String name, T object, OnConflict onConflict) {
    if (keep(where.containsKey(name), onConflict, name)) {
      return Created.KEPT;
    }
    where.put(name, object);
    return Created.NEW;
  }

  private static boolean keep(boolean exists, OnConflict onConflict, String name) {
    if (!exists) {
      return false;
    }
    return switch (onConflict) {
      case FAIL -> throw Refusal.exists(ObjectName.shown(name));
      case KEEP -> true;
      case REPLACE -> false;
    };
  }

  /** Whether there is such a database. */
  public synchronized boolean hasDatabase(String name) {
    return databases.containsKey(name);
  }

  /** Whether there is such a schema. */
  public synchronized boolean hasSchema(String database, String name) {
    Database parent = databases.get(database);
    return parent != null && parent.schemas.containsKey(name);
  }

  /**
   * DROP. Returns whether there was anything to drop.
   *
   * @param name the last part is the object's name, the others its place
   */
  public synchronized boolean drop(ObjectKind kind, ObjectName name) {
    List<String> parts = name.parts();
    return switch (kind) {
      case DATABASE -> forgetFiles(databases.remove(name.last()));
      case SCHEMA ->
          databases.containsKey(parts.get(0))
              && forgetFiles(databases.get(parts.get(0)).schemas.remove(name.last()));
      case STAGE, FILE_FORMAT, EXTERNAL_TABLE, VIEW, TABLE -> {
        if (!hasSchema(parts.get(0), parts.get(1))) {
          yield false;
        }
        yield dropFrom(databases.get(parts.get(0)).schemas.get(parts.get(1)), kind, name.last());
      }
    };
  }

  private boolean dropFrom(Schema schema, ObjectKind kind, String name) {
    if (kind == ObjectKind.STAGE) {
      return schema.stages.remove(name) != null;
    }
    if (kind == ObjectKind.FILE_FORMAT) {
      return schema.formats.remove(name) != null;
    }
    Relation old = schema.relations.get(name);
    if (old == null) {
      return false;
    }
    if (old.kind() != kind) {
      throw Refusal.otherKind(old.kind().name(), kind.name());
    }
    schema.relations.remove(name);
    forgetFiles(old.id());
    return true;
  }

  private boolean forgetFiles(Database old) {
    if (old != null) {
      old.schemas.values().forEach(this::forgetFiles);
    }
    return old != null;
  }

  private void forgetFiles(long table) {
    files.remove(table);
    events.remove(table);
  }

  private boolean forgetFiles(Schema old) {
    if (old != null) {
      old.relations.values().forEach(relation -> forgetFiles(relation.id()));
    }
    return old != null;
  }

  private Database database(String name) {
    Database found = databases.get(name);
    if (found == null) {
      throw Refusal.missing("Database", ObjectName.shown(name));
    }
    return found;
  }

  private Schema schema(Qualified inside) {
    Schema found = database(inside.database()).schemas.get(inside.schema());
    if (found == null) {
      throw Refusal.missing("Schema", ObjectName.of(inside.database(), inside.schema()).toString());
    }
    return found;
  }

  /** The stage of that name; refuses with 002003 when there is none. */
  public synchronized Stage stage(Qualified name) {
    return found(schema(name).stages.get(name.name()), "Stage", name);
  }

  /** The file format of that name; refuses with 002003 when there is none. */
  public synchronized FileFormat format(Qualified name) {
    return found(schema(name).formats.get(name.name()), "File format", name);
  }

  /**
   * The external table of that name; refuses with 002003 when there is none, and with 002203 when
   * it is something else.
   */
  public synchronized ExternalTable table(Qualified name) {
    Relation found = found(relation(name).orElse(null), "Object", name);
    if (found instanceof ExternalTable table) {
      return table;
    }
    throw Refusal.otherKind(found.kind().name(), ObjectKind.EXTERNAL_TABLE.name());
  }

  /** The table or view of that name, if there is one. */
  public synchronized Optional<Relation> relation(Qualified name) {
    return hasSchema(name.database(), name.schema())
        ? Optional.ofNullable(schema(name).relations.get(name.name()))
        : Optional.empty();
  }

  /** Runs a few look-ups as one atomic step. */
  public synchronized <T> T atOnce(Supplier<T> lookUps) {
    return lookUps.get();
  }

  private static <T> T found(T object, String kind, Qualified name) {
    if (object == null) {
      throw Refusal.missing(kind, name.toString());
    }
    return object;
  }

  /** The committed files of a table, by key; none when it has been dropped meanwhile. */
  public synchronized SortedMap<String, RegisteredFile> files(ExternalTable table) {
    return files.getOrDefault(table.id(), Collections.emptySortedMap());
  }

  /**
   * Commits the results of refreshes, table by table; a table that was dropped meanwhile is left
   * out.
   */
  public synchronized void commit(
      Map<Long, List<FileChange>> changes, Map<Long, List<FileEvent>> told) {
    changes.forEach(
        (table, ofTable) ->
            files.computeIfPresent(table, (id, before) -> changed(before, ofTable)));
    told.forEach(
        (table, ofTable) -> events.computeIfPresent(table, (id, before) -> last(before, ofTable)));
  }

  private static List<FileEvent> last(List<FileEvent> before, List<FileEvent> after) {
    List<FileEvent> all = new ArrayList<>(before);
    all.addAll(after);
    return List.copyOf(all.subList(Math.max(0, all.size() - EVENTS_KEPT), all.size()));
  }

  /** The history of a table's files, oldest first. */
  public synchronized List<FileEvent> events(ExternalTable table) {
    return events.getOrDefault(table.id(), List.of());
  }

  /** The files after the changes, in their order. */
  public static SortedMap<String, RegisteredFile> changed(
      SortedMap<String, RegisteredFile> before, List<FileChange> changes) {
    SortedMap<String, RegisteredFile> after = new TreeMap<>(before);
    for (FileChange change : changes) {
      change
          .file()
          .ifPresentOrElse(file -> after.put(change.key(), file), () -> after.remove(change.key()));
    }
    return Collections.unmodifiableSortedMap(after);
  }

  /** All databases, by name. */
  public synchronized List<Listed> databases() {
    return databases.values().stream()
        .map(d -> new Listed("", d.name, d.created, d.comment))
        .toList();
  }

  /** All schemas, by database and name. */
  public synchronized List<Listed> schemas() {
    List<Listed> all = new ArrayList<>();
    for (Database database : databases.values()) {
      database.schemas.values().stream()
          .map(s -> new Listed(database.name, s.name, s.created, s.comment))
          .forEach(all::add);
    }
    return all;
  }

  /** All stages, by full name. */
  public synchronized List<Stage> stages() {
    return everywhere(schema -> schema.stages.values());
  }

  /** All file formats, by full name. */
  public synchronized List<FileFormat> formats() {
    return everywhere(schema -> schema.formats.values());
  }

  /** All tables and views, by full name. */
  public synchronized List<Relation> relations() {
    return everywhere(schema -> schema.relations.values());
  }

  /** All external tables, by full name. */
  public synchronized List<ExternalTable> tables() {
    return relations().stream()
        .filter(ExternalTable.class::isInstance)
        .map(ExternalTable.class::cast)
        .toList();
  }

  private <T> List<T> everywhere(Function<Schema, Collection<T>> in) {
    List<T> all = new ArrayList<>();
    for (Database database : databases.values()) {
      database.schemas.values().forEach(schema -> all.addAll(in.apply(schema)));
    }
    return all;
  }
}
