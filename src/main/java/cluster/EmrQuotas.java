package cluster;

import aws.AwsSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * This service's share of an account's EMR quotas: a token bucket for each API. Whoever is about to
 * call takes a token first, and where there is none does something else. EMR's own word that it is
 * asked too often slows every call down, whichever was refused, because somebody else in the
 * account uses the quotas too; it fails nobody.
 */
@ApplicationScoped
public class EmrQuotas {

  private static final double SLOWEST = 1.0 / 16;
  private static final Duration RECOVERY = Duration.ofMinutes(1);
  private static final double NANOS = 1e9;

  private final Clock clock;
  private final double share;
  private final Map<EmrApi, Bucket> buckets = new EnumMap<>(EmrApi.class);
  private double pace = 1;
  private Instant slowedAt = Instant.MIN;

  /** Tokens as they were at an instant. */
  private record Bucket(double tokens, Instant at) {}

  /** Full buckets. */
  public EmrQuotas(AwsSettings settings, Clock clock) {
    this.clock = clock;
    this.share = settings.emrQuotaShare();
    Instant now = clock.instant();
    for (EmrApi api : EmrApi.values()) {
      buckets.put(api, new Bucket(capacity(api), now));
    }
  }

  /** Takes a token, if there is one: the call may be made now. */
  public synchronized boolean take(EmrApi api) {
    Bucket bucket = filled(api);
    if (bucket.tokens() < 1) {
      return false;
    }
    buckets.put(api, new Bucket(bucket.tokens() - 1, bucket.at()));
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

  /** EMR has refused a call because it was one too many. */
  public synchronized void throttled(EmrApi api) {
    Instant now = clock.instant();
    recover(now);
    pace = Math.max(SLOWEST, pace / 2);
    slowedAt = now;
    buckets.put(api, new Bucket(0, now));
  }

  /** At least one token, or a small share of a small quota would allow no call at all. */
  private double capacity(EmrApi api) {
    return Math.max(1, api.burst() * share);
  }

  private Bucket filled(EmrApi api) {
    Instant now = clock.instant();
    recover(now);
    Bucket bucket = buckets.get(api);
    // A clock that was set back fills nothing and takes nothing away.
    double elapsed = Math.max(0, Duration.between(bucket.at(), now).toNanos() / NANOS);
    double refilled = elapsed * share * pace * NANOS / api.refill().toNanos();
    Bucket filled = new Bucket(Math.min(capacity(api), bucket.tokens() + refilled), now);
    buckets.put(api, filled);
    return filled;
  }

  private void recover(Instant now) {
    while (pace < 1 && !slowedAt.plus(RECOVERY).isAfter(now)) {
      pace = Math.min(1, pace * 2);
      slowedAt = slowedAt.plus(RECOVERY);
    }
  }
}
