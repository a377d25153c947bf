package run;

import java.time.Instant;

/**
 * Why something makes no progress: it failed, once or several times in a row.
 *
 * @param message the last failure
 * @param failures how many in a row
 * @param since when the first of them was
 * @param nextTry when it is due again
 */
public record RepeatedFailure(String message, int failures, Instant since, Instant nextTry) {}
