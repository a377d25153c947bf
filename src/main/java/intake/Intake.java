package intake;

import batch.LandedObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import pipeline.Pipeline;
import store.BatchMarkers;
import store.LandedObjects;

/** Writes down what has landed: objects, and the markers that close their batches. */
@ApplicationScoped
public class Intake {

  private final LandedObjects objects;
  private final BatchMarkers markers;

  /** Over these stores. */
  public Intake(LandedObjects objects, BatchMarkers markers) {
    this.objects = objects;
    this.markers = markers;
  }

  /**
   * What was not known yet.
   *
   * @param objects how many are new
   * @param hasMarker whether a marker is new or was written again: what it closes is known when the
   *     prefix has been listed once more
   */
  public record News(int objects, boolean hasMarker) {}

  /** Writes down what is not known yet. */
  public News record(Pipeline pipeline, List<LandedObject> landed) {
    Map<Boolean, List<LandedObject>> byKind =
        landed.stream()
            .collect(
                Collectors.partitioningBy(
                    object -> pipeline.batch().grouping().isMarker(object.key())));
    return new News(
        objects.record(pipeline.name(), byKind.get(false)),
        markers.record(pipeline.name(), byKind.get(true)) > 0);
  }
}
