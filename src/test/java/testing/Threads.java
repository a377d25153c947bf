package testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work that several threads do at the same time. */
public final class Threads {

  private Threads() {}

  /**
   * What one thread does.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  public interface Work<T> {

    /** Does it. */
    T of(int thread) throws Exception;
  }

  /** What came of each thread's work; they all begin together. */
  public static <T> List<T> together(int threads, Work<T> inFlight) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        futures.add(pool.submit(() -> begin(start, thread, inFlight)));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get(60, TimeUnit.SECONDS));
      }
      return results;
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("A thread did not do its work", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static <T> T begin(CyclicBarrier start, int thread, Work<T> inFlight) throws Exception {
    try {
      start.await(10, TimeUnit.SECONDS);
    } catch (BrokenBarrierException e) {
      throw new AssertionError("Another thread did not begin", e);
    }
    return inFlight.of(thread);
  }
}
