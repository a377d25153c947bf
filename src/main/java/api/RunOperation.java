package api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What operators may do to a run; where a run allows several, the gentlest is first. */
public enum RunOperation {
  RETRY,
  REPLAY,
  DISCARD,
  CANCEL;

  /** The one of that verb, if there is one. */
  public static Optional<RunOperation> of(String verb) {
    return Arrays.stream(values()).filter(operation -> operation.verb().equals(verb)).findFirst();
  }

  /** The last part of its address. */
  public String verb() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it ends or deletes something. */
  public boolean isRisky() {
    return switch (this) {
      case RETRY, REPLAY -> false;
      case DISCARD, CANCEL -> true;
    };
  }
}
