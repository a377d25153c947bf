package localcloud.kills;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Where the service is ended during a run. */
sealed interface Point {

  /** The point in one short line, the same for the same point of another run. */
  String words();

  /**
   * At a call: a stand-in ends it with SIGKILL.
   *
   * @param occurrence 1 for the first such call of the run
   * @param after the call of the run that must have been made before; for a call that does not tell
   *     its lane
   * @param delay between the answer and the kill
   */
  record AtCall(
      CallKind kind, int occurrence, Optional<CallKind> after, When when, Duration delay)
      implements Point {

    @Override
    public String words() {
      return "%s %s".formatted(call(), when.wireName());
    }

    /** The call alone. */
    String call() {
      return occurrence == 1 ? kind.words() : "%s (%d)".formatted(kind.words(), occurrence);
    }
  }

  /** The instant of a call. */
  enum When {
    /** Before the stand-in acts. */
    ARRIVAL,
    /** After it has acted, before it answers. */
    ACTED,
    /** A delay after it has answered. */
    ANSWERED;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * At an instant that is not chosen by a call: the harness itself ends it.
   *
   * @param number tells such points apart
   * @param after since the object landed, or since the service was started if that was later
   */
  record AtInstant(Signal signal, int number, Duration after) implements Point {

    @Override
    public String words() {
      return "%s %d, %d ms after landing or start"
          .formatted(signal, number, after.toMillis());
    }
  }

  /** How a process is ended. */
  enum Signal {
    /** At once. */
    SIGKILL,
    /** It may finish what it does. */
    SIGTERM
  }
}
