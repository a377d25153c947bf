package run;

import contract.JobResult.Skipped;
import contract.JobResult.Stripped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What of a run's objects its job did not take as data.
 *
 * @param skippedObjects how many objects it did not read
 * @param skipped the first of them
 * @param stripped what it took away from the text of the others, the first kinds
 */
public record LeftOut(long skippedObjects, List<Skipped> skipped, List<Stripped> stripped) {

  /** So many objects, and so many kinds of what was stripped, are named at most. */
  private static final int MOST_NAMED = 20;

  private static final int MOST_TOLD = 3;

  public LeftOut {
    skipped = List.copyOf(skipped);
    stripped = List.copyOf(stripped);
  }

  /** The first of all that was left out; empty if nothing was. */
  public static Optional<LeftOut> of(List<Skipped> skipped, List<Stripped> stripped) {
    return skipped.isEmpty() && stripped.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LeftOut(
                skipped.size(),
                skipped.stream().limit(MOST_NAMED).toList(),
                stripped.stream().limit(MOST_NAMED).toList()));
  }

  /** The first skipped objects for people, and how many more there are. */
  public String toldSkipped() {
    String first =
        skipped.stream()
            .limit(MOST_TOLD)
            .map(object -> "%s, since %s".formatted(object.uri(), object.reason()))
            .collect(Collectors.joining("; "));
    return skippedObjects <= MOST_TOLD
        ? first
        : "%s; and %d more objects".formatted(first, skippedObjects - MOST_TOLD);
  }

  /** What was stripped, for people. */
  public String toldStripped() {
    return stripped.stream().map(Stripped::toString).collect(Collectors.joining("; "));
  }
}
