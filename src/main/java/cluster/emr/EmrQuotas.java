package cluster.emr;

import aws.AwsSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * This service's share of an account's EMR quotas: a token bucket for each API. A caller takes a
 * token before the call, and without one makes no call. Throttling by EMR fails no run: the
 * throttled API is called more and more slowly, and every other at half of its pace, because others
 * in the account use the quotas too.
 */
@ApplicationScoped
public class EmrQuotas {

  private static final double SLOWEST = 1.0 / 16;
  private static final double SLOWEST_UNREFUSED = 1.0 / 2;
  private static final Duration RECOVERY = Duration.ofSeconds(20);
  private static final double NANOS = 1e9;

  private final Clock clock;
  private final double share;
  private final Map<EmrApi, Bucket> buckets = new EnumMap<>(EmrApi.class);

  /** The tokens at one instant, and the rate at which they are refilled since another. */
  private record Bucket(double tokens, Instant at, double pace, Instant pacedAt) {

    Bucket withTokens(double left) {
      return new Bucket(left, at, pace, pacedAt);
    }

    Bucket slowed(double slowest, Instant now) {
      return new Bucket(tokens, at, Math.max(Math.min(pace, slowest), pace / 2), now);
    }
  }

  /** Full buckets. */
  public EmrQuotas(AwsSettings settings, Clock clock) {
    this.clock = clock;
    this.share = settings.emrQuotaShare();
    Instant now = clock.instant();
    for (EmrApi api : EmrApi.values()) {
      buckets.put(api, new Bucket(capacity(api), now, 1, now));
    }
  }

  /** Takes a token, if there is one: the call may be made now. */
  public synchronized boolean take(EmrApi api) {
    Bucket bucket = filled(api);
    if (bucket.tokens() < 1) {
      return false;
    }
    buckets.put(api, bucket.withTokens(bucket.tokens() - 1));
    return true;
  }

  /** Whether there is a token. */
  public synchronized boolean has(EmrApi api) {
    return filled(api).tokens() >= 1;
  }

  /** Takes a token, if more than half of the bucket is left for calls that matter more. */
  public synchronized boolean takeSpare(EmrApi api) {
    return filled(api).tokens() - 1 >= capacity(api) / 2 && take(api);
  }

  /** Whether there is a token beyond those that are kept for others. */
  public synchronized boolean hasBeside(EmrApi api, int kept) {
    return filled(api).tokens() - 1 >= kept;
  }

  /** Takes a token, if that many are left for others. */
  public synchronized boolean takeBeside(EmrApi api, int kept) {
    return hasBeside(api, kept) && take(api);
  }

  /** EMR has throttled a call. */
  public synchronized void throttled(EmrApi refused) {
    Instant now = clock.instant();
    for (EmrApi api : EmrApi.values()) {
      buckets.put(api, filled(api).slowed(api == refused ? SLOWEST : SLOWEST_UNREFUSED, now));
    }
    buckets.put(refused, buckets.get(refused).withTokens(0));
  }

  /** At least one token: a small share of a small quota would allow no call at all. */
  private double capacity(EmrApi api) {
    return Math.max(1, api.burst() * share);
  }

  private Bucket filled(EmrApi api) {
    Instant now = clock.instant();
    Bucket bucket = recovered(buckets.get(api), now);
    // A clock that was set back adds and removes no tokens.
    double elapsed = Math.max(0, Duration.between(bucket.at(), now).toNanos() / NANOS);
    double refilled = elapsed * share * bucket.pace() * NANOS / api.refill().toNanos();
    Bucket filled =
        new Bucket(
            Math.min(capacity(api), bucket.tokens() + refilled),
            now,
            bucket.pace(),
            bucket.pacedAt());
    buckets.put(api, filled);
    return filled;
  }

  private static Bucket recovered(Bucket bucket, Instant now) {
    double pace = bucket.pace();
    Instant since = bucket.pacedAt();
    while (pace < 1 && !since.plus(RECOVERY).isAfter(now)) {
      pace *= 2;
      since = since.plus(RECOVERY);
    }
    return new Bucket(bucket.tokens(), bucket.at(), pace, since);
  }
}
