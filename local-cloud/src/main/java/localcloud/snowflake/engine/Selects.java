package localcloud.snowflake.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import localcloud.snowflake.access.Access;
import localcloud.snowflake.catalog.Buckets;
import localcloud.snowflake.catalog.Buckets.StoredObject;
import localcloud.snowflake.catalog.Catalog;
import localcloud.snowflake.catalog.ExternalTable;
import localcloud.snowflake.catalog.FileEvent;
import localcloud.snowflake.catalog.PlainTable;
import localcloud.snowflake.catalog.Qualified;
import localcloud.snowflake.catalog.RegisteredFile;
import localcloud.snowflake.catalog.Relation;
import localcloud.snowflake.catalog.Stage;
import localcloud.snowflake.catalog.View;
import localcloud.snowflake.engine.ExpressionCompiler.Binds;
import localcloud.snowflake.sql.Expr;
import localcloud.snowflake.sql.Query;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.SqlType;

/** Runs SELECT: resolves the FROM clause, compiles the query, and reads DuckDB's answer. */
final class Selects {

  /**
   * Rows of one answer. More than these would have to be sent in chunks, which this does not do.
   */
  static final int MAX_ROWS = 1_000_000;

  private final Catalog catalog;
  private final Access access;
  private final Stages stages;
  private final Buckets buckets;
  private final ParquetFiles parquet;
  private final Clock clock;

  Selects(
      Catalog catalog,
      Access access,
      Stages stages,
      Buckets buckets,
      ParquetFiles parquet,
      Clock clock) {
    this.catalog = catalog;
    this.access = access;
    this.stages = stages;
    this.buckets = buckets;
    this.parquet = parquet;
    this.clock = clock;
  }

  /** The context of a SELECT. */
  record Context(Session session, Binds binds, Connection duck) {}

  /**
   * A query for DuckDB.
   *
   * @param within the views that are being read, outermost first
   */
  private record Reading(Context context, Snapshot snapshot, Names names, List<Qualified> within) {

    Reading inside(View view) {
      if (within.contains(view.name())) {
        throw Refusal.unknownStatement("SELECT from a view that reads itself");
      }
      List<Qualified> deeper = new ArrayList<>(within);
      deeper.add(view.name());
      return new Reading(context, snapshot, Names.inside(view.name()), deeper);
    }
  }

  /** The present columns of a view's query. */
  List<Result.Column> columns(View view, Session session, Connection duck) throws SQLException {
    Context context = new Context(session, new Binds(Map.of()), duck);
    Names names = Names.inside(view.name());
    Snapshot snapshot = Snapshot.of(view.query(), names, session, catalog);
    Reading reading = new Reading(context, snapshot, names, List.of(view.name()));
    return columns(compile(view.query(), reading));
  }

  private static List<Result.Column> columns(QueryCompiler.Compiled compiled) {
    return compiled.columns().stream()
        .map(column -> new Result.Column(column.name(), column.value().type()))
        .toList();
  }

  /** Runs a query, or only describes its columns. */
  Result run(Query query, Context context, Statement statement, boolean describeOnly)
      throws SQLException {
    Names names = Names.of(context.session());
    Snapshot snapshot = Snapshot.of(query, names, context.session(), catalog);
    QueryCompiler.Compiled compiled =
        compile(query, new Reading(context, snapshot, names, List.of()));
    List<Result.Column> columns = columns(compiled);
    if (describeOnly) {
      return new Result(Result.Kind.SELECT, columns, List.of());
    }
    String wired =
        compiled.columns().stream()
            .map(column -> Wire.sql(column.value().sql(), column.value()))
            .collect(Collectors.joining(", "));
    try (ResultSet rows =
        statement.executeQuery("SELECT " + wired + " FROM (" + compiled.sql() + ") AS q")) {
      return new Result(Result.Kind.SELECT, columns, read(rows, columns));
    }
  }

  private static List<List<String>> read(ResultSet rows, List<Result.Column> columns)
      throws SQLException {
    List<List<String>> all = new ArrayList<>();
    while (rows.next()) {
      if (all.size() == MAX_ROWS) {
        throw new Refusal(
            "000603",
            "XX000",
            "SQL execution error: the local stand-in answers at most " + MAX_ROWS + " rows");
      }
      List<String> row = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        String value = rows.getString(i + 1);
        boolean json = columns.get(i).type().kind().isSemiStructured() && value != null;
        row.add(json ? Wire.indented(value) : value);
      }
      all.add(row);
    }
    return all;
  }

  private QueryCompiler.Compiled compile(Query query, Reading reading) throws SQLException {
    Functions functions = new Functions(reading.context().session(), clock);
    Scope scope = scope(query.from(), reading, functions);
    return new QueryCompiler(query, scope, reading.context().binds(), functions).compile();
  }

  private Scope scope(Query.Source source, Reading reading, Functions functions)
      throws SQLException {
    if (source instanceof Query.Source.Table named) {
      return relation(named, reading, functions);
    }
    if (source instanceof Query.Source.Files files) {
      return files(files, reading);
    }
    if (source instanceof Query.Source.History history) {
      return history(history, reading, functions);
    }
    if (source instanceof Query.Source.Nested nested) {
      QueryCompiler.Compiled inner = compile(nested.query(), reading);
      return new Scope.Rows(nested.alias(), inner.columns(), inner.sql());
    }
    return new Scope.Nothing();
  }

  private Scope relation(Query.Source.Table named, Reading reading, Functions functions)
      throws SQLException {
    Qualified name = reading.names().resolve(named.name());
    if (InformationSchema.has(name)) {
      return new InformationSchema(catalog, access, reading.context().session().role())
          .view(name, named.alias());
    }
    Relation found = reading.snapshot().relation(name);
    if (found instanceof View view) {
      return view(view, named.alias(), reading);
    }
    if (found instanceof PlainTable table) {
      return rowless(table, named.alias());
    }
    return table((ExternalTable) found, named.alias(), reading, functions);
  }

  private Scope view(View view, Optional<String> alias, Reading reading) throws SQLException {
    QueryCompiler.Compiled inner;
    try {
      inner = compile(view.query(), reading.inside(view));
    } catch (Refusal cause) {
      throw Refusal.inView(view.name().name(), cause);
    }
    int declared = view.described().size();
    if (declared != inner.columns().size()) {
      throw Refusal.viewColumns(view.name().name(), declared, inner.columns().size());
    }
    List<Scope.Named> columns = new ArrayList<>();
    for (int i = 0; i < declared; i++) {
      columns.add(new Scope.Named(view.described().get(i).name(), inner.columns().get(i).value()));
    }
    return new Scope.Rows(Optional.of(alias.orElse(view.name().name())), columns, inner.sql());
  }

  private static Scope rowless(PlainTable table, Optional<String> alias) {
    ValueRows<Object> rows =
        new ValueRows<>(
            table.described().stream()
                .map(c -> new ValueRows.Column<>(c.name(), c.type(), (Object row) -> "NULL"))
                .toList());
    return new Scope.Rows(
        Optional.of(alias.orElse(table.name().name())), rows.named(), rows.sql(List.of()));
  }

  /**
   * Refuses a table whose columns cannot be computed, or whose partitions do not follow from the
   * names of its files; reads no file.
   */
  void check(ExternalTable table, Session session) {
    Set<String> names = new HashSet<>();
    for (Relation.Described column : table.described()) {
      if (!names.add(column.name())) {
        throw Refusal.duplicateColumn(column.name());
      }
    }
    Functions functions = new Functions(session, clock);
    BiFunction<Expr, Scope, Typed> compiler =
        (expression, scope) ->
            new ExpressionCompiler(scope, new Binds(Map.of()), functions, any -> Optional.empty())
                .compile(expression);
    for (String column : table.partitionBy()) {
      TableScope scope = new TableScope(table, Optional.empty(), List.of(), compiler);
      scope.column(column);
      if (scope.readsContents()) {
        throw Refusal.invalid(
            "Defining expression for partition column " + column + " is invalid.");
      }
    }
    new TableScope(table, Optional.empty(), List.of(), compiler).all();
  }

  private Scope table(
      ExternalTable table, Optional<String> alias, Reading reading, Functions functions)
      throws SQLException {
    Stage stage = stages.of(table);
    if (!table.format().type().equals("PARQUET")) {
      throw notParquet(table);
    }
    List<StoredObject> objects = new ArrayList<>();
    for (RegisteredFile file : reading.snapshot().files(table).values()) {
      objects.add(present(stage, file.key()));
    }
    Context context = reading.context();
    return new TableScope(
        table,
        alias,
        parquet.groups(objects, context.duck()),
        (expression, scope) ->
            new ExpressionCompiler(scope, context.binds(), functions, any -> Optional.empty())
                .compile(expression));
  }

  private static Refusal notParquet(ExternalTable table) {
    return new Refusal(
        "001003",
        "42000",
        "SQL compilation error:\nthe local stand-in reads external tables of TYPE = PARQUET only; "
            + table.name()
            + " has FILE_FORMAT TYPE = "
            + table.format().type()
            + " (CSV is the default where CREATE EXTERNAL TABLE names none: the stage's is not"
            + " inherited)");
  }

  private StoredObject present(Stage stage, String key) {
    return buckets
        .find(stage.bucket(), key)
        .orElseThrow(
            () ->
                new Refusal(
                    "091016",
                    "22000",
                    "Remote file 's3://"
                        + stage.bucket()
                        + "/"
                        + key
                        + "' was not found. There are several potential causes. The file might not"
                        + " exist. The required credentials may be missing or invalid."));
  }

  private static Scope files(Query.Source.Files source, Reading reading) {
    Qualified name = reading.names().resolve(Snapshot.nameOf(source.database(), source.table()));
    ExternalTable table = reading.snapshot().table(name);
    ValueRows<RegisteredFile> rows = RegisteredFiles.ROWS;
    return new Scope.Rows(
        source.alias(), rows.named(), rows.sql(reading.snapshot().files(table).values()));
  }

  private Scope history(Query.Source.History source, Reading reading, Functions functions) {
    Qualified name = reading.names().resolve(Snapshot.nameOf(source.database(), source.table()));
    ExternalTable table = reading.snapshot().table(name);
    ValueRows<FileEvent> rows = RegisteredFiles.HISTORY;
    String sql = rows.sql(catalog.events(table));
    Binds binds = reading.context().binds();
    Optional<Typed> since =
        source
            .since()
            .map(
                expression ->
                    new ExpressionCompiler(
                            new Scope.Nothing(), binds, functions, any -> Optional.empty())
                        .compile(expression));
    String from =
        since.isEmpty()
            ? sql
            : "SELECT * FROM ("
                + sql
                + ") AS h WHERE JOB_CREATED_TIME >= "
                + Casts.align(since.get(), SqlType.LTZ).sql();
    return new Scope.Rows(source.alias(), rows.named(), from);
  }
}
