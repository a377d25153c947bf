package contract;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A run's input: exactly these objects.
 *
 * @param version of the contract
 * @param pipeline whose batch it is
 * @param run the run's id
 * @param objects in the order in which they landed
 */
public record Manifest(int version, String pipeline, String run, List<Entry> objects) {

  /** RFC 3986, section 3.1, for the scheme; the key is no part of a URI, and may hold anything. */
  private static final Pattern ADDRESS =
      Pattern.compile("(file:/{1,3}|[a-zA-Z][a-zA-Z0-9+.-]*://[^/]+/).+", Pattern.DOTALL);

  public Manifest {
    objects = List.copyOf(objects);
  }

  /**
   * One version of one object.
   *
   * @param uri {@code s3://bucket/key}, the key as it is, not URL-encoded
   * @param etag without quotes
   * @param size bytes
   */
  public record Entry(String uri, String etag, long size) implements Serializable {

    private static Entry of(Members members) {
      String uri = members.text("uri");
      if (!ADDRESS.matcher(uri).matches()) {
        // A path alone would mean the cluster's own file system.
        throw members.refused(
            "uri", "must be an object's address, for instance s3://bucket/key, and is " + uri);
      }
      return new Entry(uri, members.text("etag"), members.number("size", 0, Long.MAX_VALUE));
    }
  }

  /** The same without some of its objects. */
  public Manifest without(Set<String> uris) {
    return new Manifest(
        version,
        pipeline,
        run,
        objects.stream().filter(object -> !uris.contains(object.uri())).toList());
  }

  /**
   * Reads a manifest, which must have at least one object and no duplicates.
   *
   * @param document its name in messages, for instance {@code the manifest s3://bucket/key}
   * @throws ContractException naming the member that is missing, wrong, unknown or repeated
   */
  public static Manifest read(String document, String json) {
    return Members.read(
        document,
        json,
        members ->
            new Manifest(
                members.version(),
                members.text("pipeline"),
                members.text("run"),
                objects(members)));
  }

  private static List<Entry> objects(Members members) {
    List<Entry> objects = members.objects("objects", Entry::of);
    if (objects.isEmpty()) {
      throw members.missing("objects");
    }
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < objects.size(); i++) {
      Integer first = seen.putIfAbsent(objects.get(i).uri(), i);
      if (first != null) {
        throw members.refused("objects[%d].uri".formatted(i), "repeats objects[" + first + "].uri");
      }
    }
    return objects;
  }
}
