package run;

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
    List<CheckOutcome> checks, Optional<Rejected> rejected, Optional<LeftOut> leftOut) {

  public static final Findings NONE = new Findings(List.of(), Optional.empty(), Optional.empty());

  public Findings {
    checks = List.copyOf(checks);
  }
}
