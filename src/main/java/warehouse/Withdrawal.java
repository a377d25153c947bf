package warehouse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import run.RunId;
import warehouse.Inventory.Found;
import warehouse.TableMarker.Shown;

/**
 * Takes every file of one run out of its pipeline's table, and proves that the table registers none
 * of them any more. It handles the leftover table of an interrupted rebuild first, because the next
 * load registers again what only that table has. Repeating it from its start, at any time, gives
 * the same table.
 */
public final class Withdrawal extends StatementDialog {

  private final String pipeline;
  private final WarehouseSettings settings;
  private final RunId run;
  private final ExternalTable table;

  /**
   * @param pipeline its name
   * @param location the curated prefix, {@code s3://bucket/prefix/}
   * @param run the run whose files are taken out
   */
  public Withdrawal(String pipeline, WarehouseSettings settings, String location, RunId run) {
    this.pipeline = pipeline;
    this.settings = settings;
    this.run = run;
    this.table = ExternalTable.ofFiles(settings, location);
    queries.ask(
        Inventory.tables(
            List.of(settings.name(), table.name(), Rebuild.beside(table).name()).stream()
                .distinct()
                .toList()),
        rows -> found(Inventory.found(rows)));
  }

  private void found(Map<String, Found> there) {
    Inventory.find(there, settings.name()).ifPresent(this::refuseShown);
    ExternalTable beside = Rebuild.beside(table);
    Inventory.find(there, beside.name())
        .filter(left -> left.isExternalTable() && left.isOf(pipeline))
        .ifPresent(left -> takeOut(beside));
    Inventory.find(there, table.name()).ifPresent(this::takeOut);
  }

  /** Readers must not see an empty table. */
  private void refuseShown(Found view) {
    Optional<RunId> shown = view.marker().flatMap(TableMarker::shown).map(Shown::run);
    if (view.isView() && view.isOf(pipeline) && shown.equals(Optional.of(run))) {
      throw new IllegalStateException(
          "%s shows the rows of run %s; they are taken out once it shows a newer run, or after DROP VIEW %s"
              .formatted(settings.name(), run, settings.name().sql()));
    }
  }

  private void takeOut(Found present) {
    if (!present.isTableOf(pipeline, settings.manage())) {
      throw new IllegalStateException(
          "%s is not this pipeline's external table (%s), so it is unknown what it registers; rename it, or set warehouse.table to the pipeline's own"
              .formatted(table.name(), present.type()));
    }
    takeOut(table);
  }

  private void takeOut(ExternalTable from) {
    queries.ask(
        from.registeredFiles(run),
        rows -> {
          List<String> names = names(rows);
          if (!names.isEmpty()) {
            queries.send(RefreshBatches.SNOWFLAKES.removed(from, names));
            queries.ask(from.registeredFiles(run), left -> proveNone(from, names(left)));
          }
        });
  }

  private static void proveNone(ExternalTable from, List<String> left) {
    if (!left.isEmpty()) {
      throw new IllegalStateException(
          "%s still registers %d files of the run".formatted(from.name(), left.size()));
    }
  }

  /** The names relative to the table's prefix, however Snowflake gives them. */
  private List<String> names(List<Row> rows) {
    String folder = ExternalTable.folder(run);
    return new TreeSet<>(LoadCheck.sizes(rows).keySet())
        .stream().map(name -> folder + LoadCheck.below(folder, name)).toList();
  }
}
