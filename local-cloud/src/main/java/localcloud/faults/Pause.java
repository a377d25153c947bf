package localcloud.faults;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Delays the thread that serves one call. */
public final class Pause {
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private Pause() {}

  /**
   * Waits.
   *
   * @throws HungUp if the stand-in is stopped meanwhile
   */
  public static void of(Duration duration) {
    try {
      boolean counted = NEVER.await(duration.toMillis(), TimeUnit.MILLISECONDS);
      assert !counted;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HungUp("the stand-in was stopped");
    }
  }
}
