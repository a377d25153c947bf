package flow;

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
 * How far the listings of the landing prefixes have come, and where the next one begins. Only in
 * memory: after a restart each prefix is listed from its start, and what is known already costs
 * little.
 *
 * <p>Where keys ascend, a poll begins after the last key that has settled: nobody is expected to
 * write a smaller one any more. The whole prefix is still listed seldom, and polls go on meanwhile.
 */
public final class Walks {

  private static final int NAMED = 3;

  /**
   * One listing of a prefix, which goes on for as many slices as it takes.
   *
   * @param isWhole whether it began at the prefix' start
   * @param begun when
   * @param after the last key that was listed; empty at the prefix' start
   * @param settled the last key whose object was old enough when this began; empty before any
   * @param isDone whether there is no more to list
   * @param pages how many pages were listed
   * @param unidentified how many keys had no ETag
   * @param examples the first of them
   */
  public record Walk(
      boolean isWhole,
      Instant begun,
      Optional<String> after,
      Optional<String> settled,
      boolean isDone,
      int pages,
      int unidentified,
      List<String> examples) {

    private static Walk whole(Instant now) {
      return new Walk(true, now, Optional.empty(), Optional.empty(), false, 0, 0, List.of());
    }

    private static Walk after(Optional<String> settled, Instant now) {
      return new Walk(false, now, settled, settled, false, 0, 0, List.of());
    }

    /** This listing after one more page. */
    public Walk past(LandingPage page, KeyOrder order) {
      List<String> some = new ArrayList<>(examples);
      page.unidentified().stream().limit(NAMED - some.size()).forEach(some::add);
      Instant old = begun.minus(order.lookBack());
      return new Walk(
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

  /** What is known of one prefix. A listing that is absent is not under way. */
  private static final class Prefix {
    Optional<Walk> whole = Optional.empty();
    Optional<Walk> poll = Optional.empty();
    Optional<String> settled = Optional.empty();
    boolean isKnown;
    Instant wholeDue = Instant.MIN;
    Instant pollDue = Instant.MIN;
  }

  private final Map<String, Prefix> prefixes = new HashMap<>();

  /** The listing that is to go on or to begin: a poll that is due goes before a whole listing. */
  public synchronized Walk next(String pipeline, Instant now) {
    Prefix prefix = prefixes.computeIfAbsent(pipeline, none -> new Prefix());
    boolean wantsWhole = prefix.whole.isPresent() || !prefix.wholeDue.isAfter(now);
    boolean wantsPoll = prefix.poll.isPresent() || !prefix.pollDue.isAfter(now) || !wantsWhole;
    if (prefix.isKnown && wantsPoll) {
      return prefix.poll.orElseGet(() -> Walk.after(prefix.settled, now));
    }
    return prefix.whole.orElseGet(() -> Walk.whole(now));
  }

  /**
   * A slice has been listed, and what it held is in the store.
   *
   * @param pause between the end of a listing and the next
   * @return when the next slice is due: at once, or after the pause
   */
  public synchronized Instant went(
      String pipeline, KeyOrder order, Walk walk, Duration pause, Instant now) {
    Prefix prefix = prefixes.computeIfAbsent(pipeline, none -> new Prefix());
    Optional<Walk> rest = walk.isDone() ? Optional.empty() : Optional.of(walk);
    if (walk.isWhole()) {
      prefix.whole = rest;
    } else {
      prefix.poll = rest;
    }
    if (walk.isDone()) {
      ended(prefix, order, walk, pause, now);
    }
    if (prefix.whole.isPresent() || prefix.poll.isPresent()) {
      return now;
    }
    return prefix.pollDue.isBefore(prefix.wholeDue) ? prefix.pollDue : prefix.wholeDue;
  }

  private static void ended(Prefix prefix, KeyOrder order, Walk walk, Duration pause, Instant now) {
    prefix.pollDue = now.plus(pause);
    prefix.settled = walk.settled();
    prefix.isKnown = order.isAscending();
    if (walk.isWhole()) {
      prefix.wholeDue = order.isAscending() ? now.plus(order.relist()) : prefix.pollDue;
    }
  }
}
