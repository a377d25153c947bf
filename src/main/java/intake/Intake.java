package intake;

import batch.LandedObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import landing.Checksums;
import landing.LandingSettings.OnSameContent;
import pipeline.Pipeline;
import store.BatchMarkers;
import store.LandedObjects;

/** Records what has landed: objects, and the markers that close their batches. */
@ApplicationScoped
public class Intake {

  /** The most objects found one by one that share a transaction. */
  private static final int MOST_TOGETHER = 100;

  private final LandedObjects objects;
  private final BatchMarkers markers;
  private final Checksums checksums;

  /** A transaction is durable only after the disk has confirmed it, so objects share one. */
  private final Together<Found, Boolean> together =
      new Together<>(MOST_TOGETHER, this::recordFound);

  private record Found(Pipeline pipeline, LandedObject object) {}

  /** Creates one over these stores. */
  public Intake(LandedObjects objects, BatchMarkers markers, Checksums checksums) {
    this.checksums = checksums;
    this.objects = objects;
    this.markers = markers;
  }

  /**
   * What was not known yet.
   *
   * @param objects how many are new
   * @param hasMarker whether a marker is new or was written again: its batch is complete after
   *     another listing of the prefix
   */
  public record News(int objects, boolean hasMarker) {}

  /**
   * Records one object, in one transaction with those that other threads have found meanwhile.
   *
   * @return what was new, once it is durable
   */
  public News recordOne(Pipeline pipeline, LandedObject object) {
    if (pipeline.batch().grouping().isMarker(object.key())
        || !pipeline.landing().isRecent(object.lastModified())) {
      return record(pipeline, List.of(object));
    }
    boolean isNew =
        described(pipeline, List.of(object)).stream()
            .anyMatch(described -> together.ask(new Found(pipeline, described)));
    return new News(isNew ? 1 : 0, false);
  }

  /** The unknown objects with their checksums, if contents are to be compared; else all objects. */
  private List<LandedObject> described(Pipeline pipeline, List<LandedObject> landed) {
    return pipeline.landing().onSameContent() == OnSameContent.IGNORE
        ? checksums.ask(objects.unknown(pipeline.name(), landed))
        : landed;
  }

  private List<Boolean> recordFound(List<Found> found) {
    Map<String, List<LandedObject>> byPipeline =
        found.stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.pipeline().name(),
                    Collectors.mapping(Found::object, Collectors.toList())));
    Map<String, Iterator<Boolean>> news = new HashMap<>();
    byPipeline.forEach(
        (pipeline, landed) -> news.put(pipeline, objects.recordEach(pipeline, landed).iterator()));
    return found.stream().map(one -> news.get(one.pipeline().name()).next()).toList();
  }

  /**
   * Records objects that are not known yet, except those that are too old to land by themselves.
   */
  public News record(Pipeline pipeline, List<LandedObject> landed) {
    Map<Boolean, List<LandedObject>> byKind =
        landed.stream()
            .filter(object -> pipeline.landing().isRecent(object.lastModified()))
            .collect(
                Collectors.partitioningBy(
                    object -> pipeline.batch().grouping().isMarker(object.key())));
    return new News(
        objects.record(pipeline.name(), described(pipeline, byKind.get(false))),
        markers.record(pipeline.name(), byKind.get(true)) > 0);
  }
}
