package localcloud.snowflake.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import localcloud.snowflake.access.Access;
import localcloud.snowflake.catalog.Buckets;
import localcloud.snowflake.catalog.Catalog;
import localcloud.snowflake.sql.ObjectName;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.Statement;
import localcloud.snowflake.sql.StatementParser;
import org.duckdb.DuckDBConnection;

/** Runs statements of many sessions at a time over one catalog and one DuckDB in memory. */
public final class Engine implements AutoCloseable {

  /** The version that the server reports. */
  public static final String VERSION = Functions.VERSION;

  private final Access access;
  private final Permissions permissions;
  private final Administrator administrator;
  private final Catalog catalog;
  private final Definitions definitions;
  private final Registrations registrations;
  private final Shows shows;
  private final Describes describes;
  private final Selects selects;
  private final Views views;
  private final Alterations alterations;
  private final Path links;
  private final DuckDBConnection duck;

  /**
   * @param s3Root holds a folder for each bucket; created if it does not exist
   * @throws IOException when no folder for temporary links can be created
   * @throws SQLException when DuckDB does not start
   */
  public Engine(Path s3Root, Clock clock) throws IOException, SQLException {
    this.access = new Access(clock);
    this.permissions = new Permissions(access);
    this.administrator = new Administrator(access);
    this.catalog = new Catalog(clock);
    this.links = Files.createTempDirectory("snowflake-links").toRealPath();
    this.duck = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
    confine(Files.createDirectories(s3Root).toRealPath());
    Buckets buckets = new Buckets(s3Root);
    Stages stages = new Stages(catalog);
    Refreshes refreshes = new Refreshes(buckets, clock);
    this.registrations = new Registrations(catalog, stages, refreshes);
    this.shows = new Shows(catalog, stages);
    this.describes = new Describes(catalog);
    this.selects = new Selects(catalog, access, stages, buckets, new ParquetFiles(links), clock);
    this.definitions = new Definitions(catalog, refreshes, selects, clock);
    this.views = new Views(catalog, selects, clock);
    this.alterations = new Alterations(catalog, selects);
  }

  /** DuckDB may read the links and their targets, and loads nothing else. */
  private void confine(Path s3Root) throws SQLException {
    try (java.sql.Statement statement = duck.createStatement()) {
      statement.execute("SET autoinstall_known_extensions = false");
      statement.execute("SET autoload_known_extensions = false");
      statement.execute("SET enable_external_file_cache = false");
      statement.execute(
          "SET allowed_directories = ["
              + Typed.quote(links + "/")
              + ", "
              + Typed.quote(s3Root + "/")
              + "]");
      statement.execute("SET enable_external_access = false");
    }
  }

  /** How a running statement is stopped from another thread. */
  public interface Cancellation {

    /** Called with what stops the statement, once it can be stopped. */
    void onCancel(Runnable stop);
  }

  /**
   * A received statement.
   *
   * @param skipsFile asked when a REFRESH has files to register: whether it fails to register one
   */
  public record Request(
      String sql,
      Map<Integer, Bound> binds,
      boolean describeOnly,
      Cancellation cancellation,
      BooleanSupplier skipsFile) {}

  /**
   * Runs one statement. Statements of one session wait for each other.
   *
   * @throws Refusal what Snowflake would answer
   */
  public Result run(Request request, Session session) {
    synchronized (session) {
      Statement statement = StatementParser.statement(request.sql());
      if (request.describeOnly() && !(statement instanceof Statement.Select)) {
        return Result.status(Result.Kind.DEFINITION, "");
      }
      permissions.before(statement, session);
      Runnable forget = permissions.dropping(statement, session);
      Result result = statement.accept(new Runner(request, session));
      forget.run();
      permissions.after(statement, session);
      return statement instanceof Statement.Show show
          ? permissions.shown(show, result, session)
          : result;
    }
  }

  /** Users, roles, grants, warehouses and integrations. */
  public Access access() {
    return access;
  }

  /** Ends a session: uncommitted changes are lost. */
  public void end(Session session) {
    synchronized (session) {
      session.rollback();
    }
  }

  /** Makes the database and schema of a sign-in current, as far as they exist. */
  public void enter(Session session, Optional<String> database, Optional<String> schema) {
    if (database.isEmpty() || !catalog.hasDatabase(database.get())) {
      return;
    }
    String inSchema = schema.orElse("PUBLIC");
    session.use(
        database.get(),
        catalog.hasSchema(database.get(), inSchema) ? Optional.of(inSchema) : Optional.empty());
  }

  /** Frees DuckDB and removes the temporary links. */
  @Override
  public void close() throws SQLException, IOException {
    duck.close();
    try (Stream<Path> all = Files.walk(links)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** One statement of one session. */
  private final class Runner implements Statement.Visitor<Result> {

    private final Request request;
    private final Session session;

    Runner(Request request, Session session) {
      this.request = request;
      this.session = session;
    }

    /** "DDL statements implicitly commit active transactions" (Transactions). */
    private void commitBefore() {
      session.commit(catalog);
    }

    private Result done(Result.Kind kind) {
      return Result.status(kind, "Statement executed successfully.");
    }

    @Override
    public Result visit(Statement.CreateDatabase create) {
      commitBefore();
      return definitions.create(create, session);
    }

    @Override
    public Result visit(Statement.CreateSchema create) {
      commitBefore();
      return definitions.create(create, session);
    }

    @Override
    public Result visit(Statement.CreateStage create) {
      commitBefore();
      return definitions.create(create, session);
    }

    @Override
    public Result visit(Statement.CreateFileFormat create) {
      commitBefore();
      return definitions.create(create, session);
    }

    @Override
    public Result visit(Statement.CreateExternalTable create) {
      commitBefore();
      return definitions.create(create, session);
    }

    @Override
    public Result visit(Statement.CreateTable create) {
      commitBefore();
      return definitions.create(create, session);
    }

    @Override
    public Result visit(Statement.AlterTable alter) {
      Optional<Result> registered = registrations.register(alter, session);
      if (registered.isPresent()) {
        return registered.get();
      }
      commitBefore();
      return alterations.alter(alter, session);
    }

    @Override
    public Result visit(Statement.CreateView create) {
      commitBefore();
      try (Connection connection = duck.duplicate()) {
        return views.create(create, session, connection);
      } catch (SQLException e) {
        throw Failures.refusal(e);
      }
    }

    @Override
    public Result visit(Statement.Refresh refresh) {
      return registrations.refresh(refresh, session, request.skipsFile());
    }

    @Override
    public Result visit(Statement.Drop drop) {
      commitBefore();
      return definitions.drop(drop, session);
    }

    @Override
    public Result visit(Statement.Show show) {
      return shows.show(show, session);
    }

    @Override
    public Result visit(Statement.Describe describe) {
      return describes.describe(describe, session);
    }

    @Override
    public Result visit(Statement.Use use) {
      switch (use.kind()) {
        case ROLE -> session.useRole(use.name().last());
        case WAREHOUSE -> session.useWarehouse(use.name().last());
        case DATABASE -> useDatabase(use.name().last());
        case SCHEMA -> useSchema(use.name());
        case SECONDARY_ROLES -> {
          // The primary role decides here.
        }
      }
      return done(Result.Kind.USE);
    }

    private void useDatabase(String name) {
      if (!catalog.hasDatabase(name)) {
        throw Refusal.missingOrNotPerformable();
      }
      enter(session, Optional.of(name), Optional.empty());
    }

    private void useSchema(ObjectName name) {
      ObjectName full = session.resolveSchema(name, "USE SCHEMA");
      if (!catalog.hasSchema(full.parts().get(0), full.last())) {
        throw Refusal.missingOrNotPerformable();
      }
      session.use(full.parts().get(0), Optional.of(full.last()));
    }

    @Override
    public Result visit(Statement.Administer administer) {
      commitBefore();
      return administrator.run(administer.command(), session);
    }

    @Override
    public Result visit(Statement.SetParameters set) {
      set.values().forEach(this::set);
      return done(Result.Kind.ALTER_SESSION);
    }

    private void set(String name, String value) {
      Parameters.check(name, value);
      if (name.equals("AUTOCOMMIT")) {
        session.commit(catalog);
      }
      session.set(name, value);
    }

    @Override
    public Result visit(Statement.UnsetParameters unset) {
      unset.names().forEach(name -> session.unset(name.toUpperCase(Locale.ROOT)));
      return done(Result.Kind.ALTER_SESSION);
    }

    @Override
    public Result visit(Statement.Begin begin) {
      session.begin();
      return done(Result.Kind.TRANSACTION);
    }

    @Override
    public Result visit(Statement.Commit commit) {
      session.commit(catalog);
      return done(Result.Kind.TRANSACTION);
    }

    @Override
    public Result visit(Statement.Rollback rollback) {
      session.rollback();
      return done(Result.Kind.TRANSACTION);
    }

    @Override
    public Result visit(Statement.Select select) {
      Optional<SystemWait> wait = SystemWait.of(select.query());
      if (wait.isPresent()) {
        return wait.get().run(request);
      }
      try (Connection connection = duck.duplicate();
          java.sql.Statement statement = connection.createStatement()) {
        statement.execute(
            "SET TimeZone = "
                + Typed.quote(Parameters.zone(session.parameter("TIMEZONE").orElse("UTC"))));
        request.cancellation().onCancel(() -> cancel(statement));
        Selects.Context context =
            new Selects.Context(session, Bound.typed(request.binds()), connection);
        return selects.run(select.query(), context, statement, request.describeOnly());
      } catch (SQLException e) {
        throw Failures.refusal(e);
      }
    }

    private static void cancel(java.sql.Statement statement) {
      try {
        statement.cancel();
      } catch (SQLException e) {
        // It has ended meanwhile, which is the goal.
      }
    }
  }
}
