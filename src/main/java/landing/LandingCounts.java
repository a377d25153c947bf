package landing;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What S3's events of landed objects came to since the start; for the metrics. */
@ApplicationScoped
public class LandingCounts {

  /** What one of them came to. */
  public enum Came {
    /** An object that was not known. */
    NEW,
    /** An object that was known already, or is not there any more. */
    NOTHING_NEW,
    /** An object of no pipeline. */
    ELSEWHERE,
    /** Another event of S3 than that an object was created. */
    OTHER,
    /** No event of S3. */
    UNKNOWN
  }

  private final Map<Came, LongAdder> counts = new EnumMap<>(Came.class);

  LandingCounts() {
    for (Came came : Came.values()) {
      counts.put(came, new LongAdder());
    }
  }

  /** One more. */
  public void count(Came came) {
    counts.get(came).increment();
  }

  /** How many there were. */
  public long of(Came came) {
    return counts.get(came).sum();
  }
}
