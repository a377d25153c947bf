package warehouse;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import run.RunId;

/**
 * The mark in the comment of everything that the service creates, by which it recognises what it
 * may replace or drop.
 *
 * @param pipeline its pipeline
 * @param definition the digest of the definition
 * @param shown the run that a view shows; absent for a table
 */
record TableMarker(String pipeline, String definition, Optional<Shown> shown) {

  /**
   * A run that is shown.
   *
   * @param run the run
   * @param createdAt when it was created: of two runs the later one is newer
   */
  record Shown(RunId run, Instant createdAt) {

    boolean isNewerThan(Shown other) {
      return Comparator.comparing(Shown::createdAt)
              .thenComparing(shown -> shown.run().value())
              .compare(this, other)
          > 0;
    }
  }

  private static final Pattern FORM =
      Pattern.compile(
          "\\[transient-pipelines pipeline=([a-z0-9-]+) definition=([0-9a-f]+)(?: run=(r-[0-9]{8}T[0-9]{6}-[0-9a-f]{6}) created=([0-9TZ:.-]+))?\\]$");

  /** The marker that a comment ends with, if it does. */
  static Optional<TableMarker> in(String comment) {
    Matcher marker = FORM.matcher(comment);
    return marker.find()
        ? Optional.of(
            new TableMarker(
                marker.group(1),
                marker.group(2),
                Optional.ofNullable(marker.group(3))
                    .map(run -> new Shown(new RunId(run), Instant.parse(marker.group(4))))))
        : Optional.empty();
  }

  /**
   * The whole comment.
   *
   * @param words the part for readers
   */
  String comment(Optional<String> words) {
    String marker =
        "[transient-pipelines pipeline=%s definition=%s%s]"
            .formatted(
                pipeline,
                definition,
                shown
                    .map(one -> " run=%s created=%s".formatted(one.run(), one.createdAt()))
                    .orElse(""));
    return words.map(text -> text + " " + marker).orElse(marker);
  }
}
