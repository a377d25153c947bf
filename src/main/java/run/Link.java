package run;

import java.util.Objects;

/**
 * A page for an operator to open.
 *
 * @param label what it shows, in a few words
 * @param url its absolute URL, percent-encoded
 */
public record Link(String label, String url) {

  public Link {
    Objects.requireNonNull(label);
    Objects.requireNonNull(url);
  }
}
