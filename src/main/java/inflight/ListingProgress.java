package inflight;

import batch.LandedObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landing.KeyOrder;
import landing.LandingPage;

/**
 * The progress of the listings of the landing prefixes, and where the next one begins. Only in
 * memory: after a restart each prefix is listed from its start; recorded objects then cost little.
 *
 * <p>If keys ascend, a poll begins after the last key that has settled, which means that no smaller
 * one is expected any more. The whole prefix is still listed at long intervals, and polls continue
 * during that.
 */
public final class ListingProgress {

  private static final int NAMED = 3;

  /**
   * One listing of a prefix, in as many slices as necessary.
   *
   * @param isWhole whether it began at the prefix' start
   * @param begun when it began
   * @param after the last key that was listed; empty at the prefix' start
   * @param settled the last key whose object was old enough when this began; empty before any
   * @param isDone whether there is no more to list
   * @param pages how many pages were listed
   * @param unidentified how many keys had no ETag
   * @param examples the first of them
   */
  public record Scan(
      boolean isWhole,
      Instant begun,
      Optional<String> after,
      Optional<String> settled,
      boolean isDone,
      int pages,
      int unidentified,
      List<String> examples) {

    private static Scan whole(Instant now) {
      return new Scan(true, now, Optional.empty(), Optional.empty(), false, 0, 0, List.of());
    }

    private static Scan after(Optional<String> settled, Instant now) {
      return new Scan(false, now, settled, settled, false, 0, 0, List.of());
    }

    /** This listing after one more page. */
    public Scan past(LandingPage page, KeyOrder order) {
      List<String> some = new ArrayList<>(examples);
      page.unidentified().stream().limit(NAMED - some.size()).forEach(some::add);
      Instant old = begun.minus(order.lookBack());
      return new Scan(
          isWhole,
          begun,
          page.last().or(this::after),
          page.objects().stream()
              .filter(object -> !object.lastModified().isAfter(old))
              .map(LandedObject::key)
              .reduce((first, second) -> second)
              .or(this::settled),
          page.isLast(),
          pages + 1,
          unidentified + page.unidentified().size(),
          List.copyOf(some));
    }
  }

  /** The progress in one prefix. An absent listing is not running. */
  private static final class Prefix {
    Optional<Scan> whole = Optional.empty();
    Optional<Scan> poll = Optional.empty();
    Optional<String> settled = Optional.empty();
    boolean isKnown;
    Instant wholeDue = Instant.MIN;
    Instant pollDue = Instant.MIN;
  }

  private final Map<String, Prefix> prefixes = new HashMap<>();

  /** The listing to continue or to begin: a due poll goes before a listing of the whole prefix. */
  public synchronized Scan next(String pipeline, Instant now) {
    Prefix prefix = prefixes.computeIfAbsent(pipeline, none -> new Prefix());
    boolean wantsWhole = prefix.whole.isPresent() || !prefix.wholeDue.isAfter(now);
    boolean wantsPoll = prefix.poll.isPresent() || !prefix.pollDue.isAfter(now) || !wantsWhole;
    if (prefix.isKnown && wantsPoll) {
      return prefix.poll.orElseGet(() -> Scan.after(prefix.settled, now));
    }
    return prefix.whole.orElseGet(() -> Scan.whole(now));
  }

  /**
   * A slice was listed, and its objects are in the store.
   *
   * @param pause between the end of a listing and the next
   * @return when the next slice is due: at once, or after the pause
   */
  public synchronized Instant advanced(
      String pipeline, KeyOrder order, Scan scan, Duration pause, Instant now) {
    Prefix prefix = prefixes.computeIfAbsent(pipeline, none -> new Prefix());
    Optional<Scan> rest = scan.isDone() ? Optional.empty() : Optional.of(scan);
    if (scan.isWhole()) {
      prefix.whole = rest;
    } else {
      prefix.poll = rest;
    }
    if (scan.isDone()) {
      ended(prefix, order, scan, pause, now);
    }
    if (prefix.whole.isPresent() || prefix.poll.isPresent()) {
      return now;
    }
    return prefix.pollDue.isBefore(prefix.wholeDue) ? prefix.pollDue : prefix.wholeDue;
  }

  private static void ended(Prefix prefix, KeyOrder order, Scan scan, Duration pause, Instant now) {
    prefix.pollDue = now.plus(pause);
    prefix.settled = scan.settled();
    prefix.isKnown = order.isAscending();
    if (scan.isWhole()) {
      prefix.wholeDue = order.isAscending() ? now.plus(order.relist()) : prefix.pollDue;
    }
  }
}
