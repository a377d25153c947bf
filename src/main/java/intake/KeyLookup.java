package intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import landing.LandingListing;
import landing.LandingPage;
import pipeline.Pipeline;

/**
 * Looks up the keys that events name. Lookups of several threads in one folder share a listing,
 * because files that land together are neighbours.
 */
@ApplicationScoped
public class KeyLookup {

  /** How many listings may run at once; lookups that belong to the same one wait for it. */
  private static final int LISTINGS = 16;

  /** The most keys that one listing looks up. */
  private static final int MOST_TOGETHER = 64;

  private final LandingListing listing;
  private final List<Together<Sought, LandingPage>> folders =
      Stream.generate(() -> new Together<>(MOST_TOGETHER, this::look)).limit(LISTINGS).toList();

  private record Folder(Pipeline pipeline, String path) {}

  private record Sought(Folder folder, String key) {}

  KeyLookup(LandingListing listing) {
    this.listing = listing;
  }

  /**
   * The object of that key, as the listing shows it now; an empty page if there is none.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is unreachable
   */
  public LandingPage at(Pipeline pipeline, String key) {
    String path = key.substring(0, key.lastIndexOf('/') + 1);
    int turn = Math.floorMod((pipeline.name() + path).hashCode(), folders.size());
    return folders.get(turn).ask(new Sought(new Folder(pipeline, path), key));
  }

  private List<LandingPage> look(List<Sought> sought) {
    Map<Folder, Map<String, LandingPage>> found = new HashMap<>();
    sought.stream()
        .collect(
            Collectors.groupingBy(
                Sought::folder, Collectors.mapping(Sought::key, Collectors.toSet())))
        .forEach(
            (folder, keys) ->
                found.put(
                    folder,
                    listing.at(folder.pipeline().name(), folder.pipeline().landing(), keys)));
    return sought.stream().map(one -> found.get(one.folder()).get(one.key())).toList();
  }
}
