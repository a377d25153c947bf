package flow;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import run.Failure;

/**
 * The operation by which a failed run's remedy continues. It is read from the remedy's sentence,
 * which names the call, so that a button never says something else than the sentence.
 *
 * @param verb {@code retry}, {@code replay} or {@code discard}
 * @param onceCorrected whether something must be corrected first, or the same happens again
 */
@RegisterForReflection
public record WayOut(String verb, boolean onceCorrected) {

  private static final Pattern CALL =
      Pattern.compile("\\(POST /api/runs/[^/)]+/(retry|replay|discard)\\)");

  /** That of a failure; empty if its remedy names no operation. */
  public static Optional<WayOut> of(Failure failure) {
    Matcher call = CALL.matcher(failure.remedy());
    if (!call.find()) {
      return Optional.empty();
    }
    String verb = call.group(1);
    return Optional.of(
        new WayOut(verb, !failure.remedy().toLowerCase(Locale.ROOT).startsWith(verb)));
  }
}
