package warehouse;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import run.RunId;
import warehouse.Inventory.Found;
import warehouse.TableMarker.Shown;

/**
 * Makes sure in Snowflake that the files of one attempt's output may be deleted: the table
 * registers none of them. If the view shows a newer run, registered files are taken out first.
 */
public final class Retirement extends StatementDialog {

  private final String pipeline;
  private final WarehouseSettings settings;
  private final Shown run;
  private final String outputPath;
  private final ExternalTable table;
  private final RefreshBatches portions;
  private Map<String, Found> there = Map.of();
  private List<String> registered = List.of();
  private Optional<String> obstacle = Optional.empty();

  /**
   * @param pipeline its name
   * @param location the curated prefix, {@code s3://bucket/prefix/}
   * @param run the run of the output
   * @param createdAt when the run was created
   * @param outputPath the attempt's output relative to the prefix
   */
  public Retirement(
      String pipeline,
      WarehouseSettings settings,
      String location,
      RunId run,
      Instant createdAt,
      String outputPath) {
    this.pipeline = pipeline;
    this.settings = settings;
    this.run = new Shown(run, createdAt);
    this.outputPath = outputPath;
    this.portions = RefreshBatches.SNOWFLAKES;
    this.table = ExternalTable.ofFiles(settings, location);
    queries.ask(Inventory.tables(List.of(settings.name(), table.name())), this::found);
  }

  /** Why the files must stay, once there is no statement left; empty if they may be deleted. */
  public Optional<String> obstacle() {
    return obstacle;
  }

  /** How many of the attempt's files the table registers, once there is no statement left. */
  public int registeredFiles() {
    return registered.size();
  }

  /**
   * Continues, after all answers and without an obstacle: takes the registered files out of the
   * table, and asks again.
   *
   * @throws IllegalStateException if the table must keep them
   */
  public void unregister() {
    if (obstacle.isPresent()) {
      throw new IllegalStateException(obstacle.get());
    }
    if (!registered.isEmpty()) {
      queries.send(portions.removed(table, registered));
      queries.next(this::lookAtFiles);
    }
  }

  private void found(List<Row> rows) {
    there = Inventory.found(rows);
    Optional<Found> present = Inventory.find(there, table.name());
    present.ifPresent(
        found -> {
          if (found.isTableOf(pipeline, settings.manage())) {
            lookAtFiles();
          } else {
            obstacle =
                Optional.of(
                    "%s is not this pipeline's external table (%s)"
                        .formatted(table.name(), found.type()));
          }
        });
  }

  private void lookAtFiles() {
    queries.ask(
        table.registeredFiles(run.run()),
        rows -> {
          registered =
              new TreeSet<>(LoadCheck.sizes(rows).keySet())
                  .stream()
                      .filter(name -> name.contains(outputPath))
                      .map(name -> outputPath + LoadCheck.below(outputPath, name))
                      .toList();
          obstacle =
              registered.isEmpty() || isLeftBehind()
                  ? Optional.empty()
                  : Optional.of(
                      "%s registers %d of its files".formatted(table.name(), registered.size()));
        });
  }

  /** Whether there is a view, and it shows a newer run. */
  private boolean isLeftBehind() {
    return Inventory.find(there, settings.name())
        .filter(Found::isView)
        .filter(view -> view.isOf(pipeline))
        .flatMap(Found::marker)
        .flatMap(TableMarker::shown)
        .filter(shown -> shown.isNewerThan(run))
        .isPresent();
  }
}
