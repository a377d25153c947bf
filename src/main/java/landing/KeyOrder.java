package landing;

import java.time.Duration;

/**
 * How the keys of later objects sort among those of earlier ones.
 *
 * @param isAscending whether later objects have greater keys, so that a poll need not begin at the
 *     first one
 * @param lookBack how much later than an object with a greater key an object may arrive and still
 *     be found by the next poll
 * @param relist how often the whole prefix is listed; if keys do not ascend, each poll does
 */
public record KeyOrder(boolean isAscending, Duration lookBack, Duration relist) {

  /** In no order: each poll lists the whole prefix. */
  public static final KeyOrder ANY = new KeyOrder(false, Duration.ZERO, Duration.ZERO);
}
