package run;

import contract.JobResult.Checked;
import contract.JobResult.Details;
import java.util.List;
import java.util.Optional;

/**
 * What a run's last judged attempt told of its rows and its objects.
 *
 * @param checks what the checks found, in their order
 * @param rejected why rows were rejected; empty if none was, or if the job did not say why
 * @param leftOut what of the objects was not taken as data; empty if all was
 */
public record Findings(
    List<Checked> checks, Optional<Rejected> rejected, Optional<LeftOut> leftOut) {

  public static final Findings NONE = new Findings(List.of(), Optional.empty(), Optional.empty());

  private static final int MOST_ROWS = 3;
  private static final int LONGEST_ROW = 500;

  public Findings {
    checks = List.copyOf(checks);
  }

  /**
   * Those in a job's own words.
   *
   * @param prefix has all rejected rows
   */
  public static Findings of(Details details, String prefix) {
    return new Findings(
        details.checks(),
        Optional.of(details.rejectReasons())
            .filter(reasons -> !reasons.isEmpty())
            .map(
                reasons ->
                    new Rejected(
                        prefix,
                        reasons,
                        details.rejects().stream()
                            .limit(MOST_ROWS)
                            .map(row -> row.shortenedTo(LONGEST_ROW))
                            .toList())),
        LeftOut.of(details.skipped(), details.stripped()));
  }
}
