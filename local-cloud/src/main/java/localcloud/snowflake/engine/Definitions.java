package localcloud.snowflake.engine;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import localcloud.snowflake.catalog.Catalog;
import localcloud.snowflake.catalog.Catalog.Created;
import localcloud.snowflake.catalog.ExternalTable;
import localcloud.snowflake.catalog.FileFormat;
import localcloud.snowflake.catalog.PlainTable;
import localcloud.snowflake.catalog.Qualified;
import localcloud.snowflake.catalog.Relation;
import localcloud.snowflake.catalog.Stage;
import localcloud.snowflake.sql.ObjectName;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.Statement;
import localcloud.snowflake.sql.Statement.FormatOptions;
import localcloud.snowflake.sql.Statement.FormatReference;
import localcloud.snowflake.sql.Statement.ObjectKind;

/** Runs CREATE and DROP. */
final class Definitions {

  private final Catalog catalog;
  private final Refreshes refreshes;
  private final Selects selects;
  private final Clock clock;

  Definitions(Catalog catalog, Refreshes refreshes, Selects selects, Clock clock) {
    this.catalog = catalog;
    this.refreshes = refreshes;
    this.selects = selects;
    this.clock = clock;
  }

  /** The new database becomes current, with its schema PUBLIC. */
  Result create(Statement.CreateDatabase create, Session session) {
    Created created = catalog.createDatabase(create.name(), create.onConflict(), create.comment());
    if (created == Created.NEW) {
      session.use(create.name(), Optional.of("PUBLIC"));
    }
    return made("Database", create.name(), created);
  }

  /** The new schema becomes current. */
  Result create(Statement.CreateSchema create, Session session) {
    List<String> parts = session.resolveSchema(create.name(), "CREATE SCHEMA").parts();
    Created created =
        catalog.createSchema(parts.get(0), parts.get(1), create.onConflict(), create.comment());
    if (created == Created.NEW) {
      session.use(parts.get(0), Optional.of(parts.get(1)));
    }
    return made("Schema", create.name().last(), created);
  }

  Result create(Statement.CreateStage create, Session session) {
    String[] location = Stages.bucketAndPrefix(create.url());
    Stage stage =
        new Stage(
            catalog.nextId(),
            session.resolve(create.name(), "CREATE STAGE"),
            create.url(),
            location[0],
            location[1],
            create.storageIntegration(),
            clock.instant(),
            create.comment());
    Created created = catalog.createStage(stage, create.onConflict());
    return created == Created.KEPT
        ? made("Stage", create.name().last(), created)
        : Result.status(
            Result.Kind.DEFINITION,
            "Stage area " + create.name().last() + " successfully created.");
  }

  Result create(Statement.CreateFileFormat create, Session session) {
    FileFormat format =
        new FileFormat(
            session.resolve(create.name(), "CREATE FILE FORMAT"),
            known(create.options()),
            clock.instant(),
            create.comment());
    return made(
        "File format", create.name().last(), catalog.createFormat(format, create.onConflict()));
  }

  private static FormatOptions known(FormatOptions options) {
    if (!List.of("CSV", "JSON", "AVRO", "ORC", "PARQUET", "XML").contains(options.type())) {
      throw new Refusal(
          "001008",
          "22023",
          "SQL compilation error:\ninvalid value ['" + options.type() + "'] for parameter 'TYPE'");
    }
    return options;
  }

  Result create(Statement.CreateExternalTable create, Session session) {
    Qualified name = session.resolve(create.name(), "CREATE EXTERNAL TABLE");
    Stage stage = catalog.stage(session.resolve(create.location().stage(), "CREATE"));
    String path = create.location().path();
    ExternalTable table =
        new ExternalTable(
            catalog.nextId(),
            name,
            create.columns(),
            partitionColumns(create),
            stage.name(),
            stage.id(),
            path.isEmpty() || path.endsWith("/") ? path : path + "/",
            create.pattern().map(Definitions::pattern),
            format(create.format(), session),
            create.format() instanceof FormatReference.Named named
                ? Optional.of(session.resolve(named.name(), "CREATE"))
                : Optional.empty(),
            create.autoRefresh(),
            clock.instant(),
            create.comment());
    boolean kept =
        create.onConflict() == Statement.OnConflict.KEEP && catalog.relation(name).isPresent();
    if (!kept) {
      selects.check(table, session);
    }
    Refreshes.Outcome first =
        create.refreshOnCreate() && !kept
            ? refreshes.refresh(table, stage, "", new TreeMap<>())
            : new Refreshes.Outcome(List.of(), List.of());
    return made(
        "Table",
        create.name().last(),
        catalog.createTable(table, create.onConflict(), first.changes(), first.events()));
  }

  /** A table that is not external; it never has rows here. */
  Result create(Statement.CreateTable create, Session session) {
    Set<String> names = new HashSet<>();
    List<Relation.Described> columns = new ArrayList<>();
    for (Statement.PlainColumn column : create.columns()) {
      if (!names.add(column.name())) {
        throw Refusal.duplicateColumn(column.name());
      }
      columns.add(
          new Relation.Described(
              column.name(), column.type(), !column.notNull(), Optional.empty(), column.comment()));
    }
    PlainTable table =
        new PlainTable(
            catalog.nextId(),
            session.resolve(create.name(), "CREATE TABLE"),
            columns,
            clock.instant(),
            create.comment());
    return made("Table", create.name().last(), catalog.createTable(table, create.onConflict()));
  }

  private static List<String> partitionColumns(Statement.CreateExternalTable create) {
    for (String column : create.partitionBy()) {
      if (create.columns().stream().noneMatch(c -> c.name().equals(column))) {
        throw Refusal.noSuchColumn(column);
      }
    }
    return create.partitionBy();
  }

  private static Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new Refusal(
          "100048", "2201B", "Invalid regular expression: '" + regex + "', " + e.getDescription());
    }
  }

  private FormatOptions format(FormatReference reference, Session session) {
    if (reference instanceof FormatReference.Named named) {
      return catalog.format(session.resolve(named.name(), "CREATE")).options();
    }
    return reference instanceof FormatReference.Given given
        ? known(given.options())
        : new FormatOptions("CSV", Map.of());
  }

  static Result made(String kind, String name, Created created) {
    String message =
        switch (created) {
          case NEW -> kind + " " + ObjectName.shown(name) + " successfully created.";
          case KEPT -> ObjectName.shown(name) + " already exists, statement succeeded.";
        };
    return Result.status(Result.Kind.DEFINITION, message);
  }

  Result drop(Statement.Drop drop, Session session) {
    ObjectName full = fullName(drop, session);
    boolean dropped = catalog.drop(drop.kind(), full);
    if (!dropped && !drop.ifExists()) {
      String kind =
          drop.kind() == ObjectKind.EXTERNAL_TABLE ? "External table" : drop.kind().shown();
      throw Refusal.missing(kind, full.toString());
    }
    session.forgetDropped(catalog);
    return Result.status(
        Result.Kind.DEFINITION,
        dropped
            ? ObjectName.shown(drop.name().last()) + " successfully dropped."
            : "Drop statement executed successfully ("
                + ObjectName.shown(drop.name().last())
                + " already dropped).");
  }

  private static ObjectName fullName(Statement.Drop drop, Session session) {
    return switch (drop.kind()) {
      case DATABASE -> drop.name();
      case SCHEMA -> session.resolveSchema(drop.name(), "DROP SCHEMA");
      case STAGE, FILE_FORMAT, EXTERNAL_TABLE, VIEW, TABLE -> {
        Qualified name = session.resolve(drop.name(), "DROP");
        yield ObjectName.of(name.database(), name.schema(), name.name());
      }
    };
  }
}
