package inflight;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import run.RepeatedFailure;

/**
 * What is being processed now, and what is not due yet. Only in memory: after a restart everything
 * is due at once.
 *
 * @param <K> what is claimed
 */
public final class Claims<K> {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /**
   * @param set when the claim was returned; a clock that shows an earlier time was set back, and
   *     that must lengthen no pause
   * @param expedited whether it is due as soon as the claim is returned
   */
  private record Entry(
      boolean claimed,
      Instant set,
      Instant due,
      Optional<RepeatedFailure> trouble,
      boolean expedited) {

    boolean isFree(Instant now) {
      return !claimed && (now.isBefore(set) || !due.isAfter(now));
    }
  }

  private final Map<K, Entry> entries = new HashMap<>();

  /** Claims it, if it is not claimed and is due. */
  public synchronized boolean claim(K key, Instant now) {
    Entry entry = entries.get(key);
    if (entry != null && !entry.isFree(now)) {
      return false;
    }
    entries.put(
        key, new Entry(true, now, now, entry == null ? Optional.empty() : entry.trouble(), false));
    return true;
  }

  /** Returns the claim; it is due again at that time. */
  public synchronized void release(K key, Instant due, Instant now) {
    Entry entry = entries.get(key);
    boolean expedited = entry != null && entry.claimed() && entry.expedited();
    entries.put(key, new Entry(false, now, expedited ? now : due, Optional.empty(), false));
  }

  /**
   * Makes it due now or, if it is claimed, as soon as the claim is returned. The pause after a
   * failure stays.
   */
  public synchronized void expedite(K key) {
    Entry entry = entries.get(key);
    if (entry != null && entry.claimed()) {
      entries.put(key, new Entry(true, entry.set(), entry.due(), entry.trouble(), true));
    } else if (entry != null && entry.trouble().isEmpty()) {
      entries.remove(key);
    }
  }

  /**
   * An operator has changed what is to be done: it is due now or, if it is claimed, as soon as the
   * claim is returned, and its failures no longer count.
   */
  public synchronized void anew(K key) {
    Entry entry = entries.get(key);
    if (entry != null && entry.claimed()) {
      expedite(key);
    } else {
      entries.remove(key);
    }
  }

  /**
   * Returns the claim after a failure; it is due after a pause that grows with each failure in a
   * row.
   *
   * @return the reason for the pause
   */
  public synchronized RepeatedFailure fail(K key, String message, Instant now) {
    Optional<RepeatedFailure> before = trouble(key);
    int failures = 1 + before.map(RepeatedFailure::failures).orElse(0);
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
    Instant due = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    RepeatedFailure trouble =
        new RepeatedFailure(message, failures, before.map(RepeatedFailure::since).orElse(now), due);
    entries.put(key, new Entry(false, now, due, Optional.of(trouble), false));
    return trouble;
  }

  /** The holder of the claim made progress: the next failure is the first in a row. */
  public synchronized void progressed(K key) {
    Entry entry = entries.get(key);
    if (entry != null && entry.claimed()) {
      entries.put(
          key, new Entry(true, entry.set(), entry.due(), Optional.empty(), entry.expedited()));
    }
  }

  /** Forgets it. */
  public synchronized void forget(K key) {
    entries.remove(key);
  }

  /** What has failed more than once in a row; one failure may be over before it is read. */
  public synchronized Set<K> stuck() {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().trouble().filter(last -> last.failures() > 1).isPresent())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The reason why it makes no progress, if any. */
  public synchronized Optional<RepeatedFailure> trouble(K key) {
    return Optional.ofNullable(entries.get(key)).flatMap(Entry::trouble);
  }
}
