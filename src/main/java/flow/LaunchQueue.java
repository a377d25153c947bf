package flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import pipeline.Pipelines;
import run.Attempt;
import run.AttemptState;
import run.OpenRun;
import run.RunId;

/**
 * The runs that wait for a cluster, in the order in which they get one. The next place goes to the
 * pipeline with the fewest clusters, and within it to its oldest run, so that a pipeline with a
 * hundred runs does not delay another's first one.
 *
 * @param places each waiting run's place, 1 for the next, in the queue's order
 * @param admitted those of them that may have their cluster now
 */
public record LaunchQueue(Map<RunId, Integer> places, List<RunId> admitted) {

  /** The most attempts between their intent and their call: as many as EMR's burst. */
  private static final int MOST_LAUNCHING = 10;

  /**
   * The clusters that the open runs already have.
   *
   * @param served how many clusters each pipeline has or is about to have
   * @param failing the pipelines whose launches fail
   * @param launching how many attempts are between their intent and their call, and do not fail
   */
  private record Busy(Map<String, Integer> served, Set<String> failing, int launching) {

    static Busy of(List<OpenRun> open, Predicate<RunId> isTroubled) {
      Map<String, Integer> served = new HashMap<>();
      Set<String> failing = new HashSet<>();
      int launching = 0;
      for (OpenRun run : open) {
        for (Attempt attempt : run.attempts()) {
          if (attempt.state() != AttemptState.ENDED && !attempt.clusterIsGone()) {
            served.merge(run.run().pipeline(), 1, Integer::sum);
          }
          if (attempt.state() == AttemptState.INTENDED && attempt.calledAt().isEmpty()) {
            boolean fails = isTroubled.test(run.run().id());
            launching += fails ? 0 : 1;
            if (fails) {
              failing.add(run.run().pipeline());
            }
          }
        }
      }
      return new Busy(served, failing, launching);
    }
  }

  /**
   * Builds the queue.
   *
   * @param open every open run, oldest first
   * @param wanting those that wait for a cluster, oldest first
   * @param maxClusters how many clusters the service may have at once
   * @param isTroubled whether a run makes no progress; a pipeline whose launches fail begins no
   *     more of them, and does not prevent launches of other pipelines
   */
  public static LaunchQueue of(
      List<OpenRun> open,
      List<OpenRun> wanting,
      Pipelines pipelines,
      int maxClusters,
      Predicate<RunId> isTroubled) {
    Busy busy = Busy.of(open, isTroubled);
    Map<String, Integer> served = new HashMap<>(busy.served());
    int clusters = served.values().stream().mapToInt(Integer::intValue).sum();
    int free = Math.min(maxClusters - clusters, MOST_LAUNCHING - busy.launching());
    Map<String, Deque<OpenRun>> waiting = new LinkedHashMap<>();
    wanting.forEach(
        run -> waiting.computeIfAbsent(run.run().pipeline(), name -> new ArrayDeque<>()).add(run));
    Map<RunId, Integer> places = new LinkedHashMap<>();
    List<RunId> admitted = new ArrayList<>();
    while (!waiting.isEmpty()) {
      String pipeline = next(waiting, served, pipelines);
      OpenRun run = waiting.get(pipeline).remove();
      waiting.values().removeIf(Deque::isEmpty);
      places.put(run.run().id(), places.size() + 1);
      if (admitted.size() < free
          && hasRoom(pipeline, served, pipelines)
          && !busy.failing().contains(pipeline)) {
        admitted.add(run.run().id());
      }
      served.merge(pipeline, 1, Integer::sum);
    }
    return new LaunchQueue(places, admitted);
  }

  /** The run's place, if it waits for a cluster. */
  public Optional<Integer> place(RunId run) {
    return Optional.ofNullable(places.get(run));
  }

  /** The pipelines with free places come first: a full one delays no other. */
  private static String next(
      Map<String, Deque<OpenRun>> waiting, Map<String, Integer> served, Pipelines pipelines) {
    return waiting.keySet().stream()
        .min(
            Comparator.comparing((String pipeline) -> !hasRoom(pipeline, served, pipelines))
                .thenComparing(pipeline -> served.getOrDefault(pipeline, 0))
                .thenComparing(pipeline -> waiting.get(pipeline).element().run().id().value()))
        .orElseThrow();
  }

  private static boolean hasRoom(
      String pipeline, Map<String, Integer> served, Pipelines pipelines) {
    return pipelines
        .find(pipeline)
        .flatMap(configured -> configured.cluster().maxAtOnce())
        .map(limit -> served.getOrDefault(pipeline, 0) < limit)
        .orElse(true);
  }
}
