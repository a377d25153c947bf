package api;

import intake.BackfillRequest;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pipeline.Pipeline;
import run.RepeatedFailure;
import run.RunId;
import run.RunState;
import schedule.Schedule;
import store.PipelineSummaries.Summary;

/**
 * A pipeline in the API.
 *
 * @param name its name
 * @param landing where objects land
 * @param curated where the result goes
 * @param table the external table
 * @param replaces whether the table shows the latest run only ({@code curated.mode=replace}); then
 *     a later success makes up for a failed run
 * @param loadedAt when a run was last loaded into the table, to its very end
 * @param ingest what its runs fetch themselves
 * @param schedule the rule by which its runs start, as configured, with its time zone
 * @param nextStart the next time of its schedule; no run starts then if it is paused
 * @param trouble why its landed objects are not taken
 * @param state what it does, in a word
 * @param paused since when no run begins, if it is paused
 * @param waiting the landed objects that no run has taken yet
 * @param setAside how many landed objects no run will take
 * @param openRuns how many of its runs have not ended
 * @param queuedRuns how many of these wait for a cluster
 * @param recent its newest runs, newest first, at most 30
 * @param noStart why a start would be refused now
 * @param noBackfill why it can have no backfill
 */
@RegisterForReflection
public record PipelineView(
    String name,
    String landing,
    String curated,
    String table,
    boolean replaces,
    Optional<Instant> loadedAt,
    Optional<String> ingest,
    Optional<String> schedule,
    Optional<Instant> nextStart,
    Optional<String> trouble,
    PipelineState state,
    Optional<PauseView> paused,
    WaitingView waiting,
    long setAside,
    int openRuns,
    int queuedRuns,
    List<RecentRunView> recent,
    Optional<String> noStart,
    Optional<String> noBackfill) {

  static PipelineView of(
      Pipeline pipeline,
      Optional<RepeatedFailure> trouble,
      Set<RunId> stuck,
      Summary summary,
      List<RecentRunView> recent,
      Instant now) {
    return new PipelineView(
        pipeline.name(),
        pipeline.landingUri(),
        pipeline.curatedUri(),
        pipeline.tableName(),
        pipeline.replaces(),
        summary.lastEnded().loadedAt(),
        pipeline.ingestUrl(),
        pipeline.schedule().map(Schedule::rule),
        pipeline.schedule().map(schedule -> schedule.next(now)),
        trouble.map(RepeatedFailure::message),
        state(trouble.isPresent() || isStuck(summary, stuck), summary),
        summary.paused().map(PauseView::of),
        WaitingView.of(summary.waiting()),
        summary.setAside(),
        summary.openRuns(),
        summary.open().getOrDefault(RunState.QUEUED, 0),
        recent,
        noStart(pipeline, summary),
        new BackfillRequest(pipeline, Map.of()).obstacle());
  }

  private static boolean isStuck(Summary summary, Set<RunId> stuck) {
    return !stuck.isEmpty() && summary.recent().stream().anyMatch(run -> stuck.contains(run.id()));
  }

  private static Optional<String> noStart(Pipeline pipeline, Summary summary) {
    if (summary.paused().isPresent()) {
      return Optional.of("it is paused");
    }
    return pipeline.ingest().isEmpty() && summary.waiting().objects() == 0
        ? Optional.of("nothing waits in " + pipeline.landingUri())
        : Optional.empty();
  }

  private static PipelineState state(boolean hasTrouble, Summary summary) {
    return PipelineState.of(
        summary.paused().isPresent(),
        hasTrouble || summary.lastEnded().state().filter(RunState.FAILED::equals).isPresent(),
        summary.open().containsKey(RunState.PROCESSING)
            || summary.open().containsKey(RunState.LOADING),
        summary.openRuns() > 0 || summary.waiting().objects() > 0);
  }
}
