package flow;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is worked on now, and who is not due yet. Only in memory: after a restart everything is due
 * at once.
 *
 * @param <K> what is claimed
 */
public final class Claims<K> {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /**
   * What keeps something from going on.
   *
   * @param message the last failure
   * @param failures how many in a row
   * @param nextTry when it is due again
   */
  public record Trouble(String message, int failures, Instant nextTry) {}

  private record Entry(boolean claimed, Instant due, Optional<Trouble> trouble) {}

  private final Map<K, Entry> entries = new HashMap<>();

  /** Takes it, if nobody has it and it is due. */
  public synchronized boolean claim(K key, Instant now) {
    Entry entry = entries.get(key);
    if (entry != null && (entry.claimed() || entry.due().isAfter(now))) {
      return false;
    }
    entries.put(key, new Entry(true, now, entry == null ? Optional.empty() : entry.trouble()));
    return true;
  }

  /** Gives it back; it is due at that time. */
  public synchronized void release(K key, Instant due) {
    entries.put(key, new Entry(false, due, Optional.empty()));
  }

  /**
   * Gives it back after a failure; it is due after a pause that grows with each failure in a row.
   */
  public synchronized void fail(K key, String message, Instant now) {
    Entry entry = entries.get(key);
    int failures =
        1 + Optional.ofNullable(entry).flatMap(Entry::trouble).map(Trouble::failures).orElse(0);
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
    Instant due = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    entries.put(key, new Entry(false, due, Optional.of(new Trouble(message, failures, due))));
  }

  /** Forgets it. */
  public synchronized void forget(K key) {
    entries.remove(key);
  }

  /** What keeps it from going on, if anything. */
  public synchronized Optional<Trouble> trouble(K key) {
    return Optional.ofNullable(entries.get(key)).flatMap(Entry::trouble);
  }
}
