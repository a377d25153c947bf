package web;

import api.PipelineView;
import api.RunView;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What needs an operator, and what did and is over.
 *
 * @param stuck open runs that make no progress
 * @param failed failed runs whose objects are not in the table
 * @param repaired failed runs whose objects a later run has loaded, since it read all that lies in
 *     the landing prefix
 */
record Needs(List<RunView> stuck, List<RunView> failed, List<RunView> repaired) {

  /**
   * Sorts out failed runs. Where a table holds every run, a later success loads other objects, so
   * only the replay of a failed run makes up for it.
   *
   * @param failed runs that failed and were not replayed
   */
  static Needs of(List<RunView> stuck, List<RunView> failed, List<PipelineView> pipelines) {
    Map<String, PipelineView> byName =
        pipelines.stream().collect(Collectors.toMap(PipelineView::name, Function.identity()));
    Predicate<RunView> isRepaired =
        run -> {
          PipelineView pipeline = byName.get(run.pipeline());
          return pipeline != null
              && pipeline.replaces()
              && pipeline.loadedAt().filter(run.stateSince()::isBefore).isPresent();
        };
    return new Needs(
        stuck,
        failed.stream().filter(isRepaired.negate()).toList(),
        failed.stream().filter(isRepaired).toList());
  }

  /** Whether an operator has something to do. */
  public boolean any() {
    return !stuck.isEmpty() || !failed.isEmpty();
  }
}
