package localcloud.snowflake.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import localcloud.snowflake.access.Access;
import localcloud.snowflake.access.Refusals;
import localcloud.snowflake.access.Securable;
import localcloud.snowflake.access.Securable.Kind;
import localcloud.snowflake.catalog.Qualified;
import localcloud.snowflake.sql.ObjectName;
import localcloud.snowflake.sql.Query;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.Statement;
import localcloud.snowflake.sql.Statement.ObjectKind;
import localcloud.snowflake.sql.Statement.OnConflict;
import localcloud.snowflake.sql.TableChange;

/**
 * What a role may do: asked before each statement, and informed after it about created and dropped
 * objects. The privileges are on each command's page, for instance <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/create-external-table#access-control-requirements">CREATE
 * EXTERNAL TABLE: Access control requirements</a>.
 *
 * <p>An unknown object passes: the statement itself finds that it does not exist.
 */
final class Permissions {

  private static final String USAGE = "USAGE";
  private static final String OWNERSHIP = "OWNERSHIP";

  private final Access access;
  private final Warehouses warehouses;
  private final Integrations integrations;

  Permissions(Access access) {
    this.access = access;
    this.warehouses = new Warehouses(access);
    this.integrations = new Integrations(access);
  }

  /**
   * Refuses what the session's role may not do.
   *
   * @throws Refusal 003001, 002003, 002043, 003013 or 000606
   */
  void before(Statement statement, Session session) {
    creates(statement, session);
    touches(statement, session);
  }

  private void creates(Statement statement, Session session) {
    if (statement instanceof Statement.CreateDatabase create) {
      creates(
          "CREATE DATABASE",
          Securable.ACCOUNT,
          database(create.name()),
          create.onConflict(),
          session);
    } else if (statement instanceof Statement.CreateSchema create) {
      Securable schema = schema(session.resolveSchema(create.name(), "CREATE SCHEMA"));
      Securable database = database(schema.name().get(0));
      reach(database, session);
      creates("CREATE SCHEMA", database, schema, create.onConflict(), session);
    } else if (statement instanceof Statement.CreateStage create) {
      createsIn("CREATE STAGE", Kind.STAGE, create.name(), create.onConflict(), session);
      create
          .storageIntegration()
          .ifPresent(name -> integrations.stage(name, create.url(), session.role()));
    } else if (statement instanceof Statement.CreateFileFormat create) {
      createsIn(
          "CREATE FILE FORMAT", Kind.FILE_FORMAT, create.name(), create.onConflict(), session);
    } else if (statement instanceof Statement.CreateExternalTable create) {
      createsOverStage(create, session);
    } else if (statement instanceof Statement.CreateView create) {
      createsIn("CREATE VIEW", Kind.VIEW, create.name(), create.onConflict(), session);
      reads(create.query(), session);
    } else if (statement instanceof Statement.CreateTable create) {
      createsIn("CREATE TABLE", Kind.TABLE, create.name(), create.onConflict(), session);
    }
  }

  private void createsOverStage(Statement.CreateExternalTable create, Session session) {
    createsIn(
        "CREATE EXTERNAL TABLE", Kind.EXTERNAL_TABLE, create.name(), create.onConflict(), session);
    Securable stage =
        Securable.of(Kind.STAGE, session.resolve(create.location().stage(), "CREATE"));
    reachParents(stage, session);
    if (isKnown(stage) && !access.may(session.role(), USAGE, stage)) {
      throw Refusals.missing(stage);
    }
  }

  /** Existing objects. */
  private void touches(Statement statement, Session session) {
    if (statement instanceof Statement.AlterTable alter) {
      owns(tableOrView(alter.name(), session), session);
      if (alter.change() instanceof TableChange.SwapWith swap) {
        owns(tableOrView(swap.other(), session), session);
      }
    } else if (statement instanceof Statement.Refresh refresh) {
      owns(table(refresh.table(), session, "ALTER EXTERNAL TABLE"), session);
    } else if (statement instanceof Statement.Drop drop) {
      owns(dropped(drop, session), session);
    } else if (statement instanceof Statement.Describe describe) {
      sees(table(describe.table(), session, "DESCRIBE"), session);
    } else if (statement instanceof Statement.Use use) {
      uses(use, session);
    } else if (statement instanceof Statement.Select select) {
      reads(select.query(), session);
    }
  }

  /** Records the owner of what the statement created, and forgets what it dropped. */
  void after(Statement statement, Session session) {
    if (statement instanceof Statement.CreateDatabase create) {
      made(database(create.name()), create.onConflict(), false, session);
      made(Securable.of(Kind.SCHEMA, create.name(), "PUBLIC"), create.onConflict(), false, session);
    } else if (statement instanceof Statement.CreateSchema create) {
      Securable schema = schema(session.resolveSchema(create.name(), "CREATE SCHEMA"));
      made(schema, create.onConflict(), false, session);
    } else if (statement instanceof Statement.CreateStage create) {
      made(in(Kind.STAGE, create.name(), session), create.onConflict(), false, session);
    } else if (statement instanceof Statement.CreateFileFormat create) {
      made(in(Kind.FILE_FORMAT, create.name(), session), create.onConflict(), false, session);
    } else if (statement instanceof Statement.CreateExternalTable create) {
      made(
          in(Kind.EXTERNAL_TABLE, create.name(), session),
          create.onConflict(),
          create.copyGrants(),
          session);
    } else if (statement instanceof Statement.CreateTable create) {
      made(in(Kind.TABLE, create.name(), session), create.onConflict(), false, session);
    } else if (statement instanceof Statement.CreateView create) {
      made(
          in(Kind.VIEW, create.name(), session), create.onConflict(), create.copyGrants(), session);
    }
  }

  /** Forgets what a DROP is about to remove; called before the names are gone. */
  Runnable dropping(Statement statement, Session session) {
    if (statement instanceof Statement.Drop drop) {
      Securable object = dropped(drop, session);
      return () -> access.grants().dropped(object);
    }
    return () -> {};
  }

  private void made(Securable object, OnConflict onConflict, boolean copyGrants, Session session) {
    boolean kept = onConflict == OnConflict.KEEP && isKnown(object);
    if (!kept) {
      access.grants().created(object, session.role(), copyGrants);
    }
  }

  private Securable in(Kind kind, ObjectName name, Session session) {
    return Securable.of(kind, session.resolve(name, "CREATE"));
  }

  private void createsIn(
      String privilege, Kind kind, ObjectName name, OnConflict onConflict, Session session) {
    Securable object = Securable.of(kind, session.resolve(name, privilege));
    reachParents(object, session);
    creates(privilege, schemaOf(object), object, onConflict, session);
  }

  /**
   * The privilege is checked before it is known whether there is anything to create, even with IF
   * NOT EXISTS: <a
   * href="https://github.com/dbt-labs/dbt-external-tables/issues/214">dbt-external-tables #214</a>.
   */
  private void creates(
      String privilege,
      Securable parent,
      Securable object,
      OnConflict onConflict,
      Session session) {
    if (isKnown(parent) || parent.equals(Securable.ACCOUNT)) {
      access.require(session.role(), privilege, parent);
    }
    if (onConflict == OnConflict.REPLACE && isKnown(object)) {
      access.require(session.role(), OWNERSHIP, object);
    }
  }

  private void owns(Securable object, Session session) {
    sees(object, session);
    if (isKnown(object)) {
      access.require(session.role(), OWNERSHIP, object);
    }
  }

  private void sees(Securable object, Session session) {
    reachParents(object, session);
    if (isKnown(object) && !access.sees(session.role(), object)) {
      throw Refusals.missing(object);
    }
  }

  private void reachParents(Securable object, Session session) {
    if (object.kind().parts() > 1) {
      reach(database(object.name().get(0)), session);
    }
    if (object.kind().parts() > 2) {
      reach(schemaOf(object), session);
    }
  }

  /**
   * A role with any privilege on a database or schema sees it, but needs USAGE to use its objects.
   */
  private void reach(Securable container, Session session) {
    if (isKnown(container) && !access.may(session.role(), USAGE, container)) {
      throw Refusals.missing(container);
    }
  }

  private void uses(Statement.Use use, Session session) {
    String name = use.name().last();
    switch (use.kind()) {
      case ROLE -> {
        if (!access.roles().exists(name)) {
          throw Refusal.missingOrNotPerformable();
        }
        if (!access.mayTakeOn(session.user(), name)) {
          throw Refusals.roleNotAssigned(name);
        }
      }
      case WAREHOUSE -> {
        boolean anybody = !access.users().containsKey(session.user());
        boolean known = access.warehouses().containsKey(name);
        if ((!known && !anybody) || (known && !warehouses.mayUse(session.role(), name))) {
          throw Refusal.missingOrNotPerformable();
        }
      }
      case DATABASE -> visible(database(name), session);
      case SCHEMA -> {
        Securable schema = schema(session.resolveSchema(use.name(), "USE SCHEMA"));
        visible(database(schema.name().get(0)), session);
        visible(schema, session);
      }
      case SECONDARY_ROLES -> {
        // Secondary roles are not supported here: the primary one decides.
      }
    }
  }

  private void visible(Securable container, Session session) {
    if (isKnown(container) && !access.may(session.role(), USAGE, container)) {
      throw Refusal.missingOrNotPerformable();
    }
  }

  private void reads(Query query, Session session) {
    if (query.from() instanceof Query.Source.Nested nested) {
      reads(nested.query(), session);
    } else if (query.from() instanceof Query.Source.Table source) {
      Qualified name = session.resolve(source.name(), "SELECT");
      selects(name, session);
      warehouses.compute(session);
    } else if (query.from() instanceof Query.Source.Files of) {
      sees(table(Snapshot.nameOf(of.database(), of.table()), session, "SELECT"), session);
      warehouses.compute(session);
    } else if (query.from() instanceof Query.Source.History of) {
      sees(table(Snapshot.nameOf(of.database(), of.table()), session, "SELECT"), session);
      warehouses.compute(session);
    }
  }

  private void selects(Qualified name, Session session) {
    for (Kind kind : List.of(Kind.EXTERNAL_TABLE, Kind.VIEW, Kind.TABLE)) {
      Securable object = Securable.of(kind, name);
      if (isKnown(object)) {
        reachParents(object, session);
        if (!access.may(session.role(), "SELECT", object)) {
          throw Refusal.missing("Object", object.shown());
        }
      }
    }
  }

  private boolean isKnown(Securable object) {
    return access.grants().owner(object).isPresent();
  }

  private static Securable table(ObjectName name, Session session, String operation) {
    return Securable.of(Kind.EXTERNAL_TABLE, session.resolve(name, operation));
  }

  /** Tables and views share their names, so the name is unambiguous. */
  private Securable tableOrView(ObjectName name, Session session) {
    Qualified resolved = session.resolve(name, "ALTER TABLE");
    return Stream.of(Kind.EXTERNAL_TABLE, Kind.VIEW, Kind.TABLE)
        .map(kind -> Securable.of(kind, resolved))
        .filter(this::isKnown)
        .findFirst()
        .orElseGet(() -> Securable.of(Kind.EXTERNAL_TABLE, resolved));
  }

  private static Securable dropped(Statement.Drop drop, Session session) {
    Kind kind = kind(drop.kind());
    return switch (drop.kind()) {
      case DATABASE -> database(drop.name().last());
      case SCHEMA -> schema(session.resolveSchema(drop.name(), "DROP SCHEMA"));
      case STAGE, FILE_FORMAT, EXTERNAL_TABLE, VIEW, TABLE ->
          Securable.of(kind, session.resolve(drop.name(), "DROP"));
    };
  }

  private static Kind kind(ObjectKind kind) {
    return Kind.valueOf(kind.name());
  }

  private static Securable database(String name) {
    return Securable.of(Kind.DATABASE, name);
  }

  private static Securable schema(ObjectName name) {
    return new Securable(Kind.SCHEMA, name.parts());
  }

  private static Securable schemaOf(Securable object) {
    return new Securable(Kind.SCHEMA, object.name().subList(0, 2));
  }

  /** SHOW without what the role does not see, and with the true owners. */
  Result shown(Statement.Show show, Result all, Session session) {
    List<String> names = all.columns().stream().map(Result.Column::name).toList();
    int owner = names.indexOf("owner");
    return new Result(
        all.kind(),
        all.columns(),
        all.rows().stream()
            .filter(row -> access.sees(session.role(), listed(show.kind(), names, row)))
            .map(
                row ->
                    withOwner(row, owner, access.grants().owner(listed(show.kind(), names, row))))
            .toList());
  }

  private static Securable listed(ObjectKind kind, List<String> names, List<String> row) {
    String name = row.get(names.indexOf("name"));
    return switch (kind) {
      case DATABASE -> database(name);
      case SCHEMA -> Securable.of(Kind.SCHEMA, row.get(names.indexOf("database_name")), name);
      case STAGE, FILE_FORMAT, EXTERNAL_TABLE, VIEW, TABLE ->
          Securable.of(
              kind(kind),
              row.get(names.indexOf("database_name")),
              row.get(names.indexOf("schema_name")),
              name);
    };
  }

  private static List<String> withOwner(List<String> row, int index, Optional<String> owner) {
    List<String> copy = new java.util.ArrayList<>(row);
    owner.ifPresent(role -> copy.set(index, role));
    return java.util.Collections.unmodifiableList(copy);
  }
}
