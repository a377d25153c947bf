package localcloud.snowflake.engine;

import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import localcloud.snowflake.catalog.Catalog;
import localcloud.snowflake.catalog.ExternalTable;
import localcloud.snowflake.catalog.Qualified;
import localcloud.snowflake.catalog.RegisteredFile;
import localcloud.snowflake.catalog.Stage;
import localcloud.snowflake.sql.Statement;
import localcloud.snowflake.sql.TableChange;

/**
 * Runs statements that register files with an external table. The answer has a row for each file,
 * but the type of a definition: {@code Statement.execute} does not show them.
 */
final class Registrations {

  private final Catalog catalog;
  private final Stages stages;
  private final Refreshes refreshes;

  Registrations(Catalog catalog, Stages stages, Refreshes refreshes) {
    this.catalog = catalog;
    this.stages = stages;
    this.refreshes = refreshes;
  }

  /** Returns the changes of a table with these files. */
  private interface Finder {
    Refreshes.Outcome find(
        ExternalTable table, Stage stage, SortedMap<String, RegisteredFile> before);
  }

  /**
   * REFRESH.
   *
   * @param skipsFile asked when there are files to register: whether one of them is not
   */
  Result refresh(Statement.Refresh refresh, Session session, BooleanSupplier skipsFile) {
    Qualified name = session.resolve(refresh.table(), "ALTER EXTERNAL TABLE");
    if (refresh.ifExists() && catalog.relation(name).isEmpty()) {
      return Result.status(Result.Kind.DEFINITION, "Statement executed successfully.");
    }
    return register(
        name,
        session,
        (table, stage, before) -> {
          Refreshes.Outcome found = refreshes.refresh(table, stage, refresh.path(), before);
          Optional<String> first = found.registers();
          return first.isPresent() && skipsFile.getAsBoolean() ? found.without(first.get()) : found;
        });
  }

  /** ADD FILES and REMOVE FILES; empty for any other change of a table. */
  Optional<Result> register(Statement.AlterTable alter, Session session) {
    TableChange change = alter.change();
    if (!(change instanceof TableChange.AddFiles || change instanceof TableChange.RemoveFiles)) {
      return Optional.empty();
    }
    Qualified name = session.resolve(alter.name(), "ALTER EXTERNAL TABLE");
    if (alter.ifExists() && catalog.relation(name).isEmpty()) {
      return Optional.of(Result.status(Result.Kind.DEFINITION, "Statement executed successfully."));
    }
    return Optional.of(
        register(
            name,
            session,
            (table, stage, before) ->
                change instanceof TableChange.AddFiles add
                    ? refreshes.add(table, stage, add.paths(), before)
                    : refreshes.remove(
                        table, stage, ((TableChange.RemoveFiles) change).paths(), before)));
  }

  private Result register(Qualified name, Session session, Finder finder) {
    ExternalTable table = catalog.table(name);
    Refreshes.Outcome outcome = finder.find(table, stages.of(table), session.files(table, catalog));
    session.register(table, outcome, catalog);
    return new Result(
        Result.Kind.DEFINITION,
        Result.texts("file", "status", "description"),
        outcome.events().stream()
            .map(event -> Result.row(event.key(), event.status().name(), event.message()))
            .toList());
  }
}
