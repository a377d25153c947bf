package intake;

import batch.BatchLimits;
import batch.Batches;
import batch.Grouping;
import batch.LandedObject;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import pipeline.Pipeline;
import store.BatchGroups;
import store.BatchMarkers;
import store.BatchMarkers.NewMarker;
import store.LandedObjects;

/**
 * Finds the closed batches of a pipeline, group by group if its objects have groups. While an
 * earlier run waits for its cluster, age closes no further batch of its group: new objects gather,
 * instead of becoming many small runs that each wait for a cluster. An existing run never changes,
 * so its manifest and its objects always agree.
 */
@ApplicationScoped
class ClosedBatches {

  /** The most that one tick does for one pipeline; the next tick continues from there. */
  private static final int GROUPS_A_TICK = 200;

  private static final int OBJECTS_A_TICK = 20_000;
  private static final int GROUPINGS_A_TICK = 20;
  private static final int CLOSED_AT_A_TIME = 1_000;

  private final LandedObjects objects;
  private final BatchGroups groups;
  private final BatchMarkers markers;
  private final InFlight inFlight;
  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private final Map<String, String> lastGroup = new ConcurrentHashMap<>();

  ClosedBatches(
      LandedObjects objects, BatchGroups groups, BatchMarkers markers, InFlight inFlight) {
    this.objects = objects;
    this.groups = groups;
    this.markers = markers;
    this.inFlight = inFlight;
  }

  /** The closed batches that one tick finds, each of one group. */
  List<List<LandedObject>> of(Pipeline pipeline, Instant now) {
    BatchLimits limits = pipeline.batch();
    if (limits.grouping().isNone()) {
      int most = limits.maxObjects();
      if (!Batches.mayBeClosed(objects.waitingInAll(pipeline.name(), most), limits, now)) {
        return List.of();
      }
      List<LandedObject> waiting = objects.waiting(pipeline.name(), most);
      return groups.awaitingLaunch(pipeline.name()).isEmpty()
          ? Batches.closed(waiting, limits, now)
          : Batches.full(waiting, limits);
    }
    group(pipeline, now, GROUPINGS_A_TICK);
    return byGroup(
        pipeline, limits.grouping().marker().isPresent() ? limits.atOnce() : limits, now);
  }

  /**
   * All objects that may be in a batch, however short they have waited, in batches of one group
   * each.
   *
   * @param taker gets one batch at a time, and returns how many of its objects keep waiting
   */
  void all(Pipeline pipeline, Instant now, ToIntFunction<List<LandedObject>> taker) {
    String name = pipeline.name();
    BatchLimits limits = pipeline.batch().atOnce();
    if (limits.grouping().isNone()) {
      takeAll(most -> objects.waiting(name, most), limits, now, taker);
      return;
    }
    group(pipeline, now, Integer.MAX_VALUE);
    List<String> names = groups.names(name, "", GROUPS_A_TICK);
    while (!names.isEmpty()) {
      for (String group : names) {
        takeAll(most -> groups.waiting(name, group, most), limits, now, taker);
      }
      names = groups.names(name, names.get(names.size() - 1), GROUPS_A_TICK);
    }
  }

  /** Objects that keep waiting come before the rest, so that many more are read. */
  private static void takeAll(
      IntFunction<List<LandedObject>> waiting,
      BatchLimits limits,
      Instant now,
      ToIntFunction<List<LandedObject>> taker) {
    int waitOn = 0;
    boolean goesOn = true;
    while (goesOn) {
      int most = limits.maxObjects() + waitOn;
      List<LandedObject> read = waiting.apply(most);
      waitOn = Batches.closed(read, limits, now).stream().mapToInt(taker).sum();
      goesOn = waitOn < read.size() || read.size() == most;
    }
  }

  /** Assigns objects without a group to their group, if they may be in one. */
  private void group(Pipeline pipeline, Instant now, int mostTimes) {
    Grouping grouping = pipeline.batch().grouping();
    if (!begun.contains(pipeline.name())) {
      groups.begin(pipeline.name(), grouping + " below " + pipeline.landing().prefix());
      begun.add(pipeline.name());
    }
    if (grouping.marker().isEmpty()) {
      group(pipeline, mostTimes);
      return;
    }
    inFlight
        .listedFrom(pipeline.name())
        .ifPresent(
            then ->
                markers
                    .seenBefore(pipeline.name(), then)
                    .forEach(marker -> close(pipeline, marker)));
    grouping.unmarkedFor().ifPresent(wait -> closeUnmarked(pipeline, now.minus(wait), mostTimes));
  }

  private void group(Pipeline pipeline, int mostTimes) {
    Grouping grouping = pipeline.batch().grouping();
    boolean hasMore = true;
    for (int times = 0; hasMore && times < mostTimes; times++) {
      hasMore =
          groups.group(
              pipeline.name(), object -> grouping.groupOf(pipeline.landing().below(object.key())));
    }
  }

  /** Assigns all objects that a marker closes to groups of their own. */
  private void close(Pipeline pipeline, NewMarker marker) {
    Grouping grouping = pipeline.batch().grouping();
    String folder = marker.folder();
    String after = folder;
    String afterEtag = "";
    List<LandedObject> closed;
    do {
      closed = markers.closedBy(marker, after, afterEtag, CLOSED_AT_A_TIME);
      groups.group(
          withoutMarkers(grouping, closed),
          object -> grouping.groupOf(pipeline.landing().below(object.key()), folder));
      if (!closed.isEmpty()) {
        LandedObject last = closed.get(closed.size() - 1);
        after = last.key();
        afterEtag = last.etag();
      }
    } while (closed.size() == CLOSED_AT_A_TIME);
    markers.closed(marker);
  }

  private void closeUnmarked(Pipeline pipeline, Instant seenUpTo, int mostTimes) {
    Grouping grouping = pipeline.batch().grouping();
    boolean hasMore = true;
    for (int times = 0; hasMore && times < mostTimes; times++) {
      List<LandedObject> read = groups.withoutGroup(pipeline.name(), CLOSED_AT_A_TIME);
      List<LandedObject> overdue =
          withoutMarkers(
              grouping, read.stream().filter(one -> !one.seenAt().isAfter(seenUpTo)).toList());
      groups.group(
          overdue, object -> grouping.groupUnmarked(pipeline.landing().below(object.key())));
      hasMore = !overdue.isEmpty() && read.size() == CLOSED_AT_A_TIME;
    }
  }

  /** Objects that landed before the pipeline had markers, or before their names were markers. */
  private static List<LandedObject> withoutMarkers(Grouping grouping, List<LandedObject> objects) {
    return objects.stream().filter(object -> !grouping.isMarker(object.key())).toList();
  }

  private List<List<LandedObject>> byGroup(Pipeline pipeline, BatchLimits limits, Instant now) {
    String name = pipeline.name();
    List<String> names = groups.names(name, lastGroup.getOrDefault(name, ""), GROUPS_A_TICK);
    boolean byMarker = limits.grouping().marker().isPresent();
    Set<String> held = byMarker ? Set.of() : groups.awaitingLaunch(name);
    List<List<LandedObject>> closed = new ArrayList<>();
    String last = "";
    int read = 0;
    for (int i = 0; i < names.size() && read < OBJECTS_A_TICK; i++) {
      List<LandedObject> waiting = groups.waiting(name, names.get(i), limits.maxObjects());
      if (waiting.isEmpty()) {
        groups.forget(name, names.get(i));
      }
      closed.addAll(
          held.contains(names.get(i))
              ? Batches.full(waiting, limits)
              : Batches.closed(waiting, limits, now));
      read += waiting.size();
      boolean isWhole = i == names.size() - 1 && names.size() < GROUPS_A_TICK;
      last = isWhole ? "" : names.get(i);
    }
    lastGroup.put(name, last);
    return closed;
  }
}
