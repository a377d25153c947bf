package landing;

import batch.LandedObject;
import java.util.List;
import java.util.Optional;

/**
 * A page of ListObjectsV2: at most 1,000 keys in the order of their names' bytes in UTF-8. Folder
 * markers, keys that end with a slash, are left out.
 *
 * @param objects the landed objects
 * @param unidentified the keys that the store lists without an ETag, as stores other than Amazon's
 *     may do: without it the versions of an object cannot be distinguished
 * @param last the last key of the page, even if it is a folder marker; empty if the page is empty
 * @param isLast whether no page follows
 */
public record LandingPage(
    List<LandedObject> objects, List<String> unidentified, Optional<String> last, boolean isLast) {}
