package localcloud.snowflake.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import localcloud.snowflake.catalog.Buckets;
import localcloud.snowflake.catalog.Buckets.StoredObject;
import localcloud.snowflake.catalog.Catalog;
import localcloud.snowflake.catalog.ExternalTable;
import localcloud.snowflake.catalog.RegisteredFile;
import localcloud.snowflake.catalog.Stage;
import localcloud.snowflake.engine.ExpressionCompiler.Binds;
import localcloud.snowflake.sql.ObjectName;
import localcloud.snowflake.sql.Query;
import localcloud.snowflake.sql.Refusal;

/** Runs SELECT: finds out what stands behind FROM, has it compiled, and reads DuckDB's answer. */
final class Selects {

  /**
   * Rows of one answer. More than these would have to be sent in chunks, which this does not do.
   */
  static final int MAX_ROWS = 1_000_000;

  private final Catalog catalog;
  private final Stages stages;
  private final Buckets buckets;
  private final ParquetFiles parquet;
  private final Clock clock;

  Selects(Catalog catalog, Stages stages, Buckets buckets, ParquetFiles parquet, Clock clock) {
    this.catalog = catalog;
    this.stages = stages;
    this.buckets = buckets;
    this.parquet = parquet;
    this.clock = clock;
  }

  /** What a SELECT needs besides its text. */
  record Context(Session session, Binds binds, Connection duck) {}

  /** Runs a query, or only describes its columns. */
  Result run(Query query, Context context, Statement statement, boolean describeOnly)
      throws SQLException {
    QueryCompiler.Compiled compiled = compile(query, context);
    List<Result.Column> columns =
        compiled.columns().stream()
            .map(column -> new Result.Column(column.name(), column.value().type()))
            .toList();
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

  private QueryCompiler.Compiled compile(Query query, Context context) throws SQLException {
    Functions functions = new Functions(context.session(), clock);
    Scope scope = scope(query.from(), context, functions);
    return new QueryCompiler(query, scope, context.binds(), functions).compile();
  }

  private Scope scope(Query.Source source, Context context, Functions functions)
      throws SQLException {
    if (source instanceof Query.Source.Table table) {
      return table(table, context, functions);
    }
    if (source instanceof Query.Source.Files files) {
      return files(files, context.session());
    }
    if (source instanceof Query.Source.Nested nested) {
      QueryCompiler.Compiled inner = compile(nested.query(), context);
      return new Scope.Rows(nested.alias(), inner.columns(), inner.sql());
    }
    return new Scope.Nothing();
  }

  private Scope table(Query.Source.Table source, Context context, Functions functions)
      throws SQLException {
    ExternalTable table = catalog.table(context.session().resolve(source.name(), "SELECT"));
    Stage stage = stages.of(table);
    if (!table.format().type().equals("PARQUET")) {
      throw new Refusal(
          "001003",
          "42000",
          "SQL compilation error:\nthe local stand-in reads external tables of TYPE = PARQUET only; "
              + table.name()
              + " has FILE_FORMAT TYPE = "
              + table.format().type()
              + " (CSV is the default where CREATE EXTERNAL TABLE names none: the stage's is not"
              + " inherited)");
    }
    List<StoredObject> objects = new ArrayList<>();
    for (RegisteredFile file : context.session().files(table, catalog).values()) {
      objects.add(present(stage, file.key()));
    }
    List<ParquetFiles.Group> groups = parquet.groups(objects, context.duck());
    return new TableScope(
        table,
        source.alias(),
        groups,
        (expression, scope) ->
            new ExpressionCompiler(scope, context.binds(), functions, any -> Optional.empty())
                .compile(expression));
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

  private Scope files(Query.Source.Files source, Session session) {
    ObjectName name = source.table();
    if (source.database().isPresent() && name.parts().size() == 2) {
      name = ObjectName.of(source.database().get(), name.parts().get(0), name.last());
    }
    ExternalTable table = catalog.table(session.resolve(name, "SELECT"));
    Collection<RegisteredFile> files = session.files(table, catalog).values();
    return new Scope.Rows(source.alias(), RegisteredFiles.COLUMNS, RegisteredFiles.sql(files));
  }
}
