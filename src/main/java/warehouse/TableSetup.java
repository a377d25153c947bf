package warehouse;

import contract.Column;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import warehouse.Inventory.Found;
import warehouse.TableMarker.Shown;
import warehouse.WarehouseSettings.Manage;
import warehouse.WarehouseSettings.Mode;
import warehouse.WarehouseSettings.OnNewColumn;

/**
 * Prepares a pipeline's external table: creates what is absent, adds new columns, rebuilds it if
 * its definition has changed, and refuses what the service may not touch.
 */
final class TableSetup {

  private static final String OTHER_TABLE = "give the pipeline another warehouse.table";

  private final String pipeline;
  private final WarehouseSettings settings;
  private final List<Column> wanted;
  private final RefreshBatches portions;
  private final StatementQueue queries;
  private ExternalTable table;
  private List<Column> columns;
  private boolean hasRunColumn = true;
  private Map<String, Found> there = Map.of();

  /**
   * @param pipeline its name
   * @param location the curated prefix, {@code s3://bucket/prefix/}
   * @param wanted the table's columns
   * @param partitions the columns of the job's result that are folders
   * @param queries the queue for its statements
   */
  TableSetup(
      String pipeline,
      WarehouseSettings settings,
      String location,
      List<Column> wanted,
      List<PartitionColumn> partitions,
      RefreshBatches portions,
      StatementQueue queries) {
    this.pipeline = pipeline;
    this.settings = settings;
    this.wanted = wanted;
    this.portions = portions;
    this.queries = queries;
    this.columns = wanted;
    this.table =
        new ExternalTable(
            settings.externalTable(),
            location,
            new StageFolder(settings.name().with("_STAGE"), ""),
            wanted,
            partitions,
            settings.columnNames());
  }

  /** The table. */
  ExternalTable table() {
    return table;
  }

  /** The wanted columns that can be queried. */
  List<Column> columns() {
    return columns;
  }

  /** Whether the table has each row's run: a table of another owner may not. */
  boolean hasRunColumn() {
    return hasRunColumn;
  }

  /** The comment of a view of a run. */
  String commentOfViewOf(Shown run) {
    return new TableMarker(pipeline, definition(), Optional.of(run)).comment(settings.comment());
  }

  /** Adds the statements. */
  void ask() {
    if (settings.manage() == Manage.EVERYTHING) {
      queries.send("CREATE DATABASE IF NOT EXISTS " + table.name().database().sql());
      queries.send("CREATE SCHEMA IF NOT EXISTS " + table.name().schemaSql());
    }
    if (settings.manage() != Manage.NOTHING) {
      settings.stage().ifPresent(this::lookAtStage);
    }
    List<ObjectName> names =
        Stream.of(settings.name(), table.name(), Rebuild.beside(table).name()).distinct().toList();
    queries.ask(Inventory.tables(names), this::found);
  }

  /**
   * Also checked for the service's own stage: the curated files may have moved since it was
   * created.
   */
  private void lookAtStage(ObjectName stage) {
    queries.ask(
        Inventory.stage(stage),
        rows -> {
          if (rows.isEmpty()) {
            throw new IllegalStateException(
                "Stage %s does not exist, or the service's role may not use it; grant USAGE on it to the role, or name another (warehouse.stage)"
                    .formatted(stage));
          }
          table = table.in(StageFolder.of(stage, rows.get(0).text("STAGE_URL"), table.location()));
        });
  }

  private void found(List<Row> rows) {
    there = Inventory.found(rows);
    if (settings.mode() == Mode.REPLACE) {
      found(settings.name()).ifPresent(this::refuseForeignView);
    }
    Optional<Found> present = found(table.name());
    present.ifPresentOrElse(this::refuseForeignTable, this::create);
    present.ifPresent(this::lookAtTable);
  }

  private void lookAtTable(Found present) {
    if (settings.manage() != Manage.NOTHING && settings.stage().isEmpty()) {
      lookAtStage(table.folder().stage());
    }
    queries.ask(
        Inventory.columns(table.name()),
        answer -> compare(present, Inventory.shownColumns(answer)));
  }

  private Optional<Found> found(ObjectName name) {
    return Inventory.find(there, name);
  }

  private void refuseForeignView(Found shown) {
    if (!shown.isView() || !shown.isOf(pipeline)) {
      throw new LoadRefusedException(
          "%s is there (%s) and is not this pipeline's view, which curated.mode=replace creates; nothing was changed"
              .formatted(settings.name(), shown.type()),
          "rename it, or " + OTHER_TABLE);
    }
  }

  private void refuseForeignTable(Found present) {
    if (!present.isExternalTable()) {
      throw new LoadRefusedException(
          "%s is no external table (%s); nothing was changed"
              .formatted(table.name(), present.type()),
          "rename it, or " + OTHER_TABLE);
    }
    if (present.marker().isEmpty() && settings.manage() != Manage.NOTHING) {
      throw new LoadRefusedException(
          "%s was not made by this service; nothing was changed".formatted(table.name()),
          "set warehouse.manage=nothing to use it as it is, or " + OTHER_TABLE);
    }
    if (present.marker().isPresent() && !present.isOf(pipeline)) {
      throw new LoadRefusedException(
          "%s was made by pipeline %s, as its comment says; nothing was changed"
              .formatted(table.name(), present.marker().get().pipeline()),
          OTHER_TABLE + ", or drop the table");
    }
  }

  private void create() {
    if (settings.manage() == Manage.NOTHING) {
      throw new IllegalStateException(
          "%s does not exist, or the service's role may not see it, and warehouse.manage=nothing creates none; make it as GET /api/pipelines/%s/plan shows"
              .formatted(table.name(), pipeline));
    }
    if (settings.stage().isEmpty()) {
      queries.send(createStage(table.folder().stage()));
      lookAtStage(table.folder().stage());
    }
    queries.next(
        () -> queries.send(table.create("CREATE EXTERNAL TABLE IF NOT EXISTS", comment())));
  }

  private String createStage(ObjectName stage) {
    return "CREATE STAGE IF NOT EXISTS %s URL = %s%s"
        .formatted(
            stage.sql(),
            Literal.of(table.location()),
            settings
                .storageIntegration()
                .map(integration -> " STORAGE_INTEGRATION = " + integration.sql())
                .orElse(""));
  }

  private String definition() {
    return settings.columns().isPresent() ? table.definitionWithColumns() : table.definition();
  }

  private String comment() {
    return new TableMarker(pipeline, definition(), Optional.empty()).comment(settings.comment());
  }

  private void compare(Found present, Map<String, String> shown) {
    hasRunColumn = present.marker().isPresent();
    if (settings.manage() == Manage.NOTHING) {
      accept(shown);
      return;
    }
    refuseOtherNames(shown);
    boolean isRedefined = !present.marker().get().definition().equals(definition());
    TableChange change =
        TableChange.of(table, ColumnChanges.between(wanted, shown), settings, isRedefined);
    columns = wanted.stream().filter(change::has).toList();
    Rebuild rebuild =
        new Rebuild(
            table.withColumns(change.columns()),
            found(Rebuild.beside(table).name()),
            pipeline,
            portions,
            queries);
    if (change.rebuilds()) {
      rebuild.ask(comment(), change.kept(), change.shown());
      return;
    }
    change.added().forEach(column -> queries.send(table.add(column)));
    rebuild.clearAway();
  }

  /** A table with another warehouse.column-names has columns that differ in case only. */
  private void refuseOtherNames(Map<String, String> shown) {
    List<String> others =
        ColumnChanges.between(wanted, shown).added().stream()
            .map(Column::name)
            .flatMap(name -> shown.keySet().stream().filter(name::equalsIgnoreCase))
            .toList();
    if (settings.mode() == Mode.APPEND && !others.isEmpty()) {
      throw new LoadRefusedException(
          "%s has the columns %s, which warehouse.column-names=%s would name differently"
              .formatted(table.name(), String.join(", ", others), settings.columnNames().word()),
          "set it to what the table was made with, or " + OTHER_TABLE);
    }
  }

  /** A table that the service may not change must have the needed columns. */
  private void accept(Map<String, String> shown) {
    List<Column> lacking = ColumnChanges.lacking(wanted, shown);
    if (!lacking.isEmpty() && settings.changes().onNewColumn() != OnNewColumn.IGNORE) {
      throw new LoadRefusedException(
          "%s may not be changed by the service, and lacks columns of the job's result: %s"
              .formatted(table.name(), ColumnChanges.names(lacking)),
          "add them, or set warehouse.on-new-column=ignore");
    }
    columns = ColumnChanges.spelled(wanted, shown);
  }
}
