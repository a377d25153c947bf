package kills;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import localcloud.faults.Call;

/**
 * A pipeline of its own, with buckets and a table of its own, so that each of its calls tells whose
 * it is. It has one run at a time, which is struck at the lane's points one after another; where a
 * run ends before it has passed all of them, another object is landed for the rest.
 */
final class Lane {

  /** The schema and the table of every lane. */
  static final String SCHEMA = "CURATED";

  static final String TABLE = "FLOWERS";

  private final String name;
  private final int points;
  private final Deque<Point> ahead;
  private final List<Landed> landed = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private boolean isRunning;
  private Optional<Instant> since = Optional.empty();
  private Optional<Long> fault = Optional.empty();

  /**
   * @param name of the pipeline; no other lane's name has it in it
   * @param points where its runs are to be struck, in this order
   */
  Lane(String name, List<? extends Point> points) {
    this.name = name;
    this.points = points.size();
    this.ahead = new ArrayDeque<>(points);
  }

  String name() {
    return name;
  }

  String landingBucket() {
    return "landing-" + name;
  }

  String curatedBucket() {
    return "curated-" + name;
  }

  /** The name of the table, complete: database and schema are the lane's own, too. */
  String table() {
    return "%s.%s.%s".formatted(name.toUpperCase(Locale.ROOT), SCHEMA, TABLE);
  }

  /** Where it is to be struck next. */
  Optional<Point> next() {
    return Optional.ofNullable(ahead.peek());
  }

  /** At how many points it is to be struck in all. */
  int points() {
    return points;
  }

  /** At how many of them it has not been struck yet. */
  int pointsAhead() {
    return ahead.size();
  }

  /** Everything that it has landed. */
  List<Landed> landed() {
    return List.copyOf(landed);
  }

  /** Whether a run of it is under way. */
  boolean isRunning() {
    return isRunning;
  }

  /** Whether it needs another object. */
  boolean wantsToLand() {
    return !isRunning && (landed.isEmpty() || !ahead.isEmpty());
  }

  /** Makes the next object; its run has begun. */
  Landed land(Instant now) {
    Landed next = new Landed(name, landed.size() + 1);
    landed.add(next);
    calls.clear();
    isRunning = true;
    since = Optional.of(now);
    return next;
  }

  /** The run has ended. */
  void ended() {
    isRunning = false;
  }

  /** The service has made a call. */
  void saw(Call call) {
    if (isRunning) {
      calls.add(call);
    }
  }

  /** How many such calls of the run the service has made. */
  int seen(CallKind kind) {
    return (int) calls.stream().filter(call -> kind.isOf(call, name)).count();
  }

  /** Whether the point's call is that of this run and of no other when it is made. */
  boolean hasReached(Point.AtCall point) {
    return point.call().after().map(kind -> seen(kind) > 0).orElse(true);
  }

  /** The fault that stands for the next point. */
  Optional<Long> fault() {
    return fault;
  }

  /** A fault stands for the next point. */
  void armed(long id) {
    fault = Optional.of(id);
  }

  /** No fault stands any more. */
  void disarmed() {
    fault = Optional.empty();
  }

  /** Whether an instant is there. */
  boolean isDue(Point.AtInstant point, Instant now) {
    return isRunning && since.filter(start -> !start.plus(point.after()).isAfter(now)).isPresent();
  }

  /** Its next instant is to be counted from when the service works again. */
  void waitForService() {
    since = Optional.empty();
  }

  /** It was struck at its next point. */
  Point struck() {
    waitForService();
    fault = Optional.empty();
    return ahead.remove();
  }

  /** The service works again after a start. */
  void resumed(Instant now) {
    since = since.or(() -> Optional.of(now));
  }
}
