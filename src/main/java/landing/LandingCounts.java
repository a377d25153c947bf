package landing;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The outcomes of S3's events since the start, for the metrics. */
@ApplicationScoped
public class LandingCounts {

  /** The outcome of an event. */
  public enum Came {
    /** An object that was not known. */
    NEW,
    /** An object that was known already, or no longer exists. */
    NOTHING_NEW,
    /** An object of no pipeline. */
    ELSEWHERE,
    /** An S3 event of another kind than a created object. */
    OTHER,
    /** No S3 event. */
    UNKNOWN
  }

  private final Map<Came, LongAdder> counts = new EnumMap<>(Came.class);

  LandingCounts() {
    for (Came came : Came.values()) {
      counts.put(came, new LongAdder());
    }
  }

  /** Counts an event. */
  public void count(Came came) {
    counts.get(came).increment();
  }

  /** How many there were. */
  public long of(Came came) {
    return counts.get(came).sum();
  }
}
