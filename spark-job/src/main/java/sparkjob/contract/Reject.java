package sparkjob.contract;

import java.io.Serializable;

/**
 * A row that did not parse.
 *
 * @param uri the object's, as the manifest gives it
 * @param reason why, in a few words
 * @param raw the record as it was landed
 */
public record Reject(String uri, String reason, String raw) implements Serializable {

  /** The same, with at most so many characters of the raw text. */
  public Reject shortenedTo(int characters) {
    return raw.length() <= characters
        ? this
        : new Reject(uri, reason, raw.substring(0, characters));
  }
}
