package warehouse;

import contract.Column;
import contract.JobResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import run.RunId;
import testing.Iris;
import testing.Lake;
import warehouse.TableMarker.Shown;
import warehouse.WarehouseSettings.Changes;
import warehouse.WarehouseSettings.FirstRows;
import warehouse.WarehouseSettings.Manage;
import warehouse.WarehouseSettings.Mode;
import warehouse.WarehouseSettings.OnChangedColumn;
import warehouse.WarehouseSettings.OnMissingColumn;
import warehouse.WarehouseSettings.OnNewColumn;

/**
 * Loads of one pipeline for a test: each test has a pipeline, a table and a curated prefix of its
 * own.
 */
final class Loading {

  static final Changes STRICT =
      new Changes(OnNewColumn.FAIL, OnChangedColumn.FAIL, OnMissingColumn.FAIL);
  static final Changes LENIENT_TOWARDS_NEW =
      new Changes(OnNewColumn.IGNORE, OnChangedColumn.FAIL, OnMissingColumn.FAIL);
  static final Changes LENIENT =
      new Changes(OnNewColumn.ADD, OnChangedColumn.REBUILD, OnMissingColumn.NULL);

  private final Lake lake;
  private final String pipeline;
  private Mode mode = Mode.APPEND;
  private Manage manage = Manage.EVERYTHING;
  private Changes changes = STRICT;
  private Optional<ObjectName> stage = Optional.empty();
  private Optional<List<Column>> columns = Optional.empty();
  private ColumnNames names = ColumnNames.AS_IS;
  private Set<String> masked = Set.of();
  private List<Identifier> readers = List.of();
  private List<OwnSql> sql = List.of();
  private RefreshBatches portions = RefreshBatches.SNOWFLAKES;
  private int runs;

  Loading(Lake lake, String pipeline) {
    this.lake = lake;
    this.pipeline = pipeline;
  }

  Loading mode(Mode other) {
    mode = other;
    return this;
  }

  Loading manage(Manage other) {
    manage = other;
    return this;
  }

  Loading changes(Changes other) {
    changes = other;
    return this;
  }

  Loading stage(ObjectName other) {
    stage = Optional.of(other);
    return this;
  }

  Loading columns(List<Column> declared) {
    columns = Optional.of(declared);
    return this;
  }

  Loading names(ColumnNames other) {
    names = other;
    return this;
  }

  Loading masked(String... names) {
    masked = Set.of(names);
    return this;
  }

  Loading readers(String... roles) {
    readers = List.of(roles).stream().map(Identifier::parse).toList();
    return this;
  }

  Loading sql(String script) {
    sql = OwnSql.parse(script);
    return this;
  }

  Loading portions(int mostRefreshed, int mostAdded) {
    portions = new RefreshBatches(mostRefreshed, mostAdded);
    return this;
  }

  /** The pipeline's table, or its view. */
  ObjectName name() {
    return new ObjectName(
        new Identifier("LAKE"),
        new Identifier("PUBLIC"),
        new Identifier(pipeline.toUpperCase(java.util.Locale.ROOT).replace('-', '_')));
  }

  String table() {
    return name().sql();
  }

  /** The next run's id. */
  RunId run() {
    runs++;
    return RunId.create(Iris.NOON, runs);
  }

  /** Writes what a run's job would have written. */
  JobResult write(RunId run, List<Column> schema, String select) {
    return lake.write(pipeline, run, schema, select);
  }

  /** The same of a job that made folders. */
  JobResult write(
      RunId run, List<Column> schema, List<String> partitionBy, Map<String, String> selects) {
    return lake.write(pipeline, run, schema, partitionBy, selects);
  }

  /** The load of what a job wrote. */
  Load load(JobResult result) {
    return load(result, Iris.NOON);
  }

  /** The same of a run that was created then. */
  Load load(JobResult result, Instant createdAt) {
    RunId run = new RunId(result.run());
    return new Load(
        pipeline,
        settings(),
        Lake.location(pipeline),
        new Shown(run, createdAt),
        result,
        Lake.output(run),
        portions);
  }

  private WarehouseSettings settings() {
    return new WarehouseSettings(
        name(),
        mode,
        manage,
        Duration.ZERO,
        Optional.empty(),
        stage,
        columns,
        names,
        changes,
        readers,
        Optional.of("flowers"),
        new FirstRows(5, masked),
        sql);
  }

  /** The retirement of what a job wrote; its run was created at noon. */
  Retirement retirement(JobResult result) {
    RunId run = new RunId(result.run());
    return new Retirement(
        pipeline, settings(), Lake.location(pipeline), run, Iris.NOON, Lake.output(run));
  }

  /** The withdrawal of what a run has registered. */
  Withdrawal withdrawal(JobResult result) {
    return new Withdrawal(pipeline, settings(), Lake.location(pipeline), new RunId(result.run()));
  }

  /** Plays a conversation to its end. */
  <C extends StatementDialog> C play(C conversation) {
    play(conversation, Integer.MAX_VALUE);
    return conversation;
  }

  /**
   * Plays so many statements of a conversation, as a service does that dies then.
   *
   * @return those that were sent
   */
  List<String> play(StatementDialog conversation, int most) {
    List<String> sent = new ArrayList<>();
    for (Optional<String> next = conversation.next();
        next.isPresent() && sent.size() < most;
        next = conversation.next()) {
      sent.add(next.get());
      conversation.answered(lake.send(next.get()).stream().map(Row::new).toList());
    }
    return sent;
  }

  /** Writes and loads a run. */
  Load run(List<Column> schema, String select) {
    return play(load(write(run(), schema, select)));
  }

  /** The same of a job that made folders. */
  Load run(List<Column> schema, List<String> partitionBy, Map<String, String> selects) {
    return play(load(write(run(), schema, partitionBy, selects)));
  }

  /** What an analyst sees. */
  List<Map<String, Object>> rows(String select) {
    return lake.send(select.replace("{table}", table()));
  }
}
