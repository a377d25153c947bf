package web;

import java.util.List;
import run.RunState;

/**
 * What the list of runs is restricted to, as it was typed; empty where it is not.
 *
 * @param pipeline a pipeline's name
 * @param state a state's name
 * @param since runs that began then or later
 * @param until runs that began before then
 * @param failedSince runs that failed then or later and were not replayed
 * @param text what a run's name or message contains
 */
public record RunFilter(
    String pipeline,
    String state,
    String since,
    String until,
    String failedSince,
    String text) {

  /** Every state that can be chosen. */
  public List<RunState> states() {
    return List.of(RunState.values());
  }
}
