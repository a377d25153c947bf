package kills;

import java.time.Duration;
import java.util.Locale;
import kills.Undisturbed.Occurrence;

/** Where the service is ended during a run. */
sealed interface Point {

  /** The point in one short line, the same for the same point of another run. */
  String words();

  /**
   * At a call: a stand-in ends it with SIGKILL.
   *
   * @param call of the run
   * @param delay between the answer and the kill
   */
  record AtCall(Occurrence call, When when, Duration delay) implements Point {

    @Override
    public String words() {
      return "%s %s".formatted(call.words(), when.wireName());
    }

    CallKind kind() {
      return call.kind();
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
   * @param after since the object landed, or since the service works again after the last strike at
   *     this run
   */
  record AtInstant(Signal signal, int number, Duration after) implements Point {

    @Override
    public String words() {
      return "%s %d, %d ms after landing or resuming".formatted(signal, number, after.toMillis());
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
