package contract;

import batch.LandedObject;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import run.RunId;

/**
 * A run's input: exactly these objects.
 *
 * @param version of the contract
 * @param pipeline whose batch it is
 * @param run the run
 * @param objects in the order in which they landed
 */
@RegisterForReflection
public record Manifest(int version, String pipeline, String run, List<Entry> objects) {

  /**
   * One object.
   *
   * @param uri {@code s3://bucket/key}, the key not encoded
   * @param etag without quotes
   * @param size bytes
   */
  @RegisterForReflection
  public record Entry(String uri, String etag, long size) {

    public Entry {
      ContractJson.requireMember("manifest", "objects[].uri", uri);
      ContractJson.requireMember("manifest", "objects[].etag", etag);
    }
  }

  public Manifest {
    ContractJson.requireVersion(version, "manifest");
    ContractJson.requireMember("manifest", "pipeline", pipeline);
    ContractJson.requireMember("manifest", "run", run);
    ContractJson.requireMember("manifest", "objects", objects);
    objects = List.copyOf(objects);
  }

  /** The manifest of a run over these objects. */
  public static Manifest of(String pipeline, RunId run, List<LandedObject> objects) {
    return new Manifest(
        ContractJson.VERSION,
        pipeline,
        run.value(),
        objects.stream()
            .map(object -> new Entry(object.uri(), object.etag(), object.size()))
            .toList());
  }
}
