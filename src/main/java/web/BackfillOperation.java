package web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What operators may do to a backfill. */
enum BackfillOperation {
  CANCEL,
  PASS_OVER;

  /** The one of that verb, if there is one. */
  static Optional<BackfillOperation> of(String verb) {
    return Arrays.stream(values()).filter(one -> one.verb().equals(verb)).findFirst();
  }

  /** The last part of its address. */
  String verb() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
