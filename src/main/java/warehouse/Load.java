package warehouse;

import contract.Column;
import contract.JobResult;
import contract.JobResult.CuratedFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import run.LoadedTable;
import run.LoadedTable.LoadedFile;
import run.RunId;
import warehouse.TableMarker.Shown;
import warehouse.WarehouseSettings.Manage;
import warehouse.WarehouseSettings.Mode;

/**
 * The load of one run: gives the next statement, from the answers to those before. It prepares the
 * table, registers the run's files in it, proves that it answers with what the job wrote, and shows
 * the run. Repeating it from its start, at any time, gives the same table.
 *
 * <p>Every step throws {@link IllegalStateException} with one sentence if it cannot continue, and
 * {@link LoadRefusedException} if repeating the load would not help. It never replaces or drops
 * anything that the service has not created.
 */
public final class Load extends StatementDialog {

  private final String pipeline;
  private final WarehouseSettings settings;
  private final Shown run;
  private final JobResult result;
  private final String outputPath;
  private final RefreshBatches portions;
  private final TableSetup setup;
  private List<Map<String, String>> firstRows = List.of();
  private Optional<RunId> newer = Optional.empty();
  private Runnable beforeRegistering = () -> {};

  /**
   * @param pipeline its name
   * @param location the curated prefix, {@code s3://bucket/prefix/}
   * @param run the run whose rows are loaded
   * @param createdAt when the run was created: an older run never replaces a newer one
   * @param result what the job wrote
   * @param outputPath the accepted attempt's output relative to the prefix
   */
  public Load(
      String pipeline,
      WarehouseSettings settings,
      String location,
      RunId run,
      Instant createdAt,
      JobResult result,
      String outputPath) {
    this(
        pipeline,
        settings,
        location,
        new Shown(run, createdAt),
        result,
        outputPath,
        RefreshBatches.SNOWFLAKES);
  }

  Load(
      String pipeline,
      WarehouseSettings settings,
      String location,
      Shown run,
      JobResult result,
      String outputPath,
      RefreshBatches portions) {
    this.pipeline = pipeline;
    this.settings = settings;
    this.run = run;
    this.result = result;
    this.outputPath = outputPath;
    this.portions = portions;
    ColumnNames names = settings.columnNames();
    List<Column> wanted = settings.columns().orElseGet(() -> names.of(result.schema()));
    List<PartitionColumn> partitions =
        result.partitionBy().stream()
            .map(column -> new PartitionColumn(names.of(column), column))
            .toList();
    this.setup =
        new TableSetup(pipeline, settings, location, wanted, partitions, portions, queries);
    queries.next(this::begin);
  }

  /**
   * Adds an action before the first statement that may register a file of the run; until then the
   * load has at most changed the table's columns.
   */
  public void beforeRegistering(Runnable first) {
    beforeRegistering = first;
  }

  /**
   * Refuses the load if there are other files than the job's below its output. With the user's own
   * statements the service does not know which files the table is to have, so the proof checks
   * them.
   *
   * @param stored the objects below the attempt's output: size in bytes by URI
   * @throws LoadRefusedException if there are; names the files
   */
  public void requireOnlyWritten(Map<String, Long> stored) {
    if (settings.sql().isEmpty()) {
      LoadCheck.requireOnlyWritten(result, outputPath, stored);
    }
  }

  /**
   * The statements of a load if nothing exists yet, with the answers of a Snowflake that executes
   * all of them.
   */
  public List<String> played() {
    List<String> statements = new ArrayList<>();
    for (Optional<String> sql = next(); sql.isPresent(); sql = next()) {
      statements.add(sql.get());
      answered(expected(sql.get()));
    }
    return statements;
  }

  private List<Row> expected(String sql) {
    if (sql.contains("EXTERNAL_TABLE_FILES")) {
      return result.files().stream()
          .map(
              file ->
                  new Row(
                      Map.<String, Object>of("FILE_NAME", file.uri(), "FILE_SIZE", file.size())))
          .toList();
    }
    return sql.contains("INFORMATION_SCHEMA.TABLES")
        ? List.of()
        : List.of(
            new Row(
                Map.of(
                    "ROW_COUNT", result.rows().written(),
                    "RUN_COUNT", result.rows().written(),
                    "STAGE_URL", setup.table().location())));
  }

  /** The proven facts, once there is no statement left. */
  public LoadedTable loaded() {
    return new LoadedTable("SELECT *\n" + fromRun(), result.rows().written(), files(), firstRows);
  }

  /** The proven facts, in a sentence. */
  public String proof() {
    String rows = "%s answers with %d rows of this run".formatted(asked(), result.rows().written());
    return newer
        .map(
            later ->
                "%s; %s still shows run %s, which is newer".formatted(rows, settings.name(), later))
        .orElse(rows);
  }

  private void begin() {
    if (settings.sql().isEmpty()) {
      refuseNames();
      settings
          .columns()
          .ifPresent(
              declared ->
                  Declared.check(declared, settings.columnNames().of(result.schema()), settings));
      setup.ask();
      queries.next(this::register);
    } else {
      beforeRegistering.run();
      settings
          .sql()
          .forEach(own -> queries.send(own.filled(setup.table(), pipeline, run.run(), outputPath)));
      queries.next(this::prove);
    }
  }

  /** The job checks its names itself; a user's own steps do not. */
  private void refuseNames() {
    settings
        .columnNames()
        .refused(result.schema())
        .ifPresent(
            why -> {
              throw new LoadRefusedException(
                  "The job's result has a column that no table takes, " + why,
                  "give the columns other names in transform.sql or in your own steps");
            });
  }

  private void register() {
    beforeRegistering.run();
    if (settings.mode() == Mode.APPEND && settings.manage() != Manage.NOTHING) {
      grantReaders("EXTERNAL TABLE");
    }
    queries.send(portions.statements(setup.table(), outputPath, fileNames()));
    queries.next(this::prove);
  }

  private void grantReaders(String kind) {
    for (Identifier reader : settings.readers()) {
      queries.send(
          "GRANT SELECT ON %s %s TO ROLE %s".formatted(kind, settings.name().sql(), reader.sql()));
    }
  }

  private List<String> fileNames() {
    return result.files().stream().map(file -> LoadCheck.below(outputPath, file.uri())).toList();
  }

  private void prove() {
    queries.ask(
        setup.table().registeredFiles(run.run()),
        registered ->
            queries.ask(
                setup.table().countRows() + "\nWHERE " + ofRun(),
                counted ->
                    LoadCheck.prove(
                        result,
                        outputPath,
                        LoadCheck.sizes(registered),
                        counted.get(0).number("ROW_COUNT"))));
    queries.next(this::show);
  }

  private void show() {
    if (settings.mode() == Mode.REPLACE) {
      askForNewer(this::switchView);
    }
    queries.next(this::fetchFirstRows);
  }

  /** Minutes may have passed since the load began, and another run may be shown now. */
  private void askForNewer(Runnable ifNone) {
    queries.ask(
        Inventory.tables(List.of(settings.name())),
        rows -> {
          newer = shown(rows).filter(other -> other.isNewerThan(run)).map(Shown::run);
          if (newer.isEmpty()) {
            ifNone.run();
          }
        });
  }

  private Optional<Shown> shown(List<Row> rows) {
    return Inventory.find(Inventory.found(rows), settings.name())
        .flatMap(Inventory.Found::marker)
        .flatMap(TableMarker::shown);
  }

  private void switchView() {
    LatestRunView view = new LatestRunView(settings.name(), setup.table());
    queries.send(view.show(run.run(), setup.columns(), setup.commentOfViewOf(run)));
    grantReaders("VIEW");
    queries.ask(view.countRows(run.run()), rows -> proveView(rows.get(0)));
  }

  /** A switch to an older run, whose answer was lost, may have been executed after this one. */
  private void proveView(Row counted) {
    LoadCheck.proveRows(result, counted.number("ROW_COUNT"));
    if (counted.number("RUN_COUNT") != counted.number("ROW_COUNT")) {
      throw new IllegalStateException(
          "Cannot prove the load: %s shows rows of another run".formatted(settings.name()));
    }
  }

  private void fetchFirstRows() {
    int most = settings.firstRows().count();
    if (most == 0 || result.rows().written() == 0 || !isDescribed() || setup.columns().isEmpty()) {
      return;
    }
    String names = setup.columns().stream().map(this::fetched).collect(Collectors.joining(", "));
    queries.ask(
        "SELECT %s\n%s\nLIMIT %d".formatted(names, fromRun(), most),
        rows -> firstRows = rows.stream().map(this::texts).toList());
  }

  /** Whether it is known which columns the table has. */
  private boolean isDescribed() {
    return settings.sql().isEmpty();
  }

  private String fetched(Column column) {
    String name = new Identifier(column.name()).sql();
    return settings.firstRows().masks(column.name())
        ? "'***' AS " + name
        : "TO_VARCHAR(%s) AS %s".formatted(name, name);
  }

  private Map<String, String> texts(Row row) {
    Map<String, String> texts = new LinkedHashMap<>();
    setup
        .columns()
        .forEach(column -> texts.put(column.name(), row.find(column.name()).orElse(null)));
    return texts;
  }

  private boolean isShown() {
    return settings.mode() == Mode.REPLACE && newer.isEmpty();
  }

  /** The name to query for the run's rows. */
  private ObjectName asked() {
    return isShown() ? settings.name() : setup.table().name();
  }

  private String fromRun() {
    return "FROM %s\nWHERE %s".formatted(asked().sql(), ofRun());
  }

  /** With the run's partition Snowflake does not read the other runs' files. */
  private String ofRun() {
    return setup.hasRunColumn() && isDescribed()
        ? setup.table().ofRun(run.run())
        : setup.table().ofRunsFolder(run.run());
  }

  private List<LoadedFile> files() {
    return result.files().stream()
        .map(
            (CuratedFile file) ->
                new LoadedFile(LoadCheck.below(outputPath, file.uri()), file.size(), file.rows()))
        .toList();
  }
}
