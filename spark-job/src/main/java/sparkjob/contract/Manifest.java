package sparkjob.contract;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A run's input: exactly these objects, in this order.
 *
 * @param pipeline the pipeline's name
 * @param run the run's id
 * @param objects at least one, no URI twice
 */
public record Manifest(String pipeline, String run, List<LandedObject> objects) {

  /** RFC 3986, section 3.1, for the scheme; the key is no part of a URI, and may hold anything. */
  private static final Pattern ADDRESS =
      Pattern.compile("(file:/{1,3}|[a-zA-Z][a-zA-Z0-9+.-]*://[^/]+/).+", Pattern.DOTALL);

  /**
   * One version of one object.
   *
   * @param uri {@code s3://bucket/key} with the key as it is, not URL-encoded
   * @param etag without quotes
   * @param size bytes
   */
  public record LandedObject(String uri, String etag, long size) implements Serializable {}

  /** Copies the list. */
  public Manifest {
    objects = List.copyOf(objects);
  }

  /** The same without some of its objects. */
  public Manifest without(Set<String> uris) {
    return new Manifest(
        pipeline, run, objects.stream().filter(object -> !uris.contains(object.uri())).toList());
  }

  /**
   * Reads a manifest.
   *
   * @param uri where it came from, for messages
   * @throws JobFailure naming the member that is missing, wrong, unknown or repeated
   */
  public static Manifest parse(String uri, String json) {
    Members root = Members.parse("the manifest " + uri, json);
    root.version();
    String pipeline = root.text("pipeline");
    String run = root.text("run");
    List<LandedObject> objects = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (Members object : root.objects("objects")) {
      LandedObject landed =
          new LandedObject(
              object.text("uri"), object.text("etag"), object.number("size", 0, Long.MAX_VALUE));
      object.nothingElse();
      if (!isAddress(landed.uri())) {
        throw root.refused(
            "%s must be an object's address, for instance s3://bucket/key, and is %s"
                .formatted(object.name("uri"), landed.uri()));
      }
      Integer first = seen.putIfAbsent(landed.uri(), objects.size());
      if (first != null) {
        throw root.refused(object.name("uri") + " repeats objects[" + first + "].uri");
      }
      objects.add(landed);
    }
    if (objects.isEmpty()) {
      throw root.missing("objects");
    }
    root.nothingElse();
    return new Manifest(pipeline, run, objects);
  }

  /**
   * Whether there are a scheme and a key: a path alone would be looked for in the cluster's own
   * file system. A {@code file:} address has no bucket.
   */
  private static boolean isAddress(String uri) {
    return ADDRESS.matcher(uri).matches();
  }
}
