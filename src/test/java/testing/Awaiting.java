package testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for what another process does. */
public final class Awaiting {

  private static final long LOOK_MILLIS = 100;

  private Awaiting() {}

  /**
   * Returns as soon as it is so.
   *
   * @param what for the message when it never is
   * @throws AssertionError when it is not so at the deadline
   */
  public static void until(String what, Duration deadline, Callable<Boolean> isSo) {
    long end = System.nanoTime() + deadline.toNanos();
    try {
      while (!isSo.call()) {
        if (System.nanoTime() > end) {
          throw new AssertionError("Not so after " + deadline + ": " + what);
        }
        new CountDownLatch(1).await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (Exception e) {
      throw new AssertionError("Cannot find out whether  " + what, e);
    }
  }
}
