package run;

import java.util.Objects;

/**
 * A page that a person can open.
 *
 * @param label what is there, in a few words
 * @param url where it is: an absolute URL, percent-encoded
 */
public record Link(String label, String url) {

  public Link {
    Objects.requireNonNull(label);
    Objects.requireNonNull(url);
  }
}
