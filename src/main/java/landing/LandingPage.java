package landing;

import batch.LandedObject;
import java.util.List;
import java.util.Optional;

/**
 * A page of ListObjectsV2: at most 1,000 keys in the order of their names' bytes in UTF-8. Folder
 * markers, keys that end with a slash, are left out.
 *
 * @param objects what has landed
 * @param unidentified the keys that are listed without an ETag, as stores other than Amazon's may
 *     do: without it nobody can tell one version of an object from the next
 * @param last the last key of the page, also that of a folder marker; empty when it has none
 * @param isLast whether no page comes after it
 */
public record LandingPage(
    List<LandedObject> objects, List<String> unidentified, Optional<String> last, boolean isLast) {}
