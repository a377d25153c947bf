package localcloud.emr;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A step's process, from before it starts until it has ended. It can be ended at any time, even
 * before its start.
 */
final class RunningStep {
  /** The exit code of {@code timeout} when the time is up. */
  static final int TIMED_OUT = 124;

  /** The exit code that a shell reports after SIGKILL. */
  private static final int KILLED = 137;

  /** The time between SIGTERM and SIGKILL when the cluster ends. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private Process process;
  private boolean unwanted;

  /** Runs the process to its end, and returns its exit code. */
  int run(ProcessBuilder builder, Optional<StepCommand.Limit> limit)
      throws IOException, InterruptedException {
    Process started;
    synchronized (this) {
      if (unwanted) {
        return KILLED;
      }
      started = builder.start();
      process = started;
    }
    boolean unlimited = limit.isEmpty() || limit.get().after().isZero();
    if (unlimited || ends(started, limit.get().after())) {
      return started.waitFor();
    }
    askToEnd(started);
    Optional<Duration> killAfter = limit.get().killAfter();
    if (killAfter.isPresent() && !ends(started, killAfter.get())) {
      kill(started);
      started.waitFor();
      return KILLED;
    }
    started.waitFor();
    return TIMED_OUT;
  }

  /**
   * Does as a process that only waits, without one, and returns its exit code when it has ended or
   * been ended.
   *
   * @param takes how long it waits; empty for ever
   */
  synchronized int hang(Optional<Duration> takes, Optional<StepCommand.Limit> limit)
      throws InterruptedException {
    Optional<Duration> allowed =
        limit.map(StepCommand.Limit::after).filter(after -> !after.isZero());
    boolean inTime =
        takes.isPresent() && (allowed.isEmpty() || takes.get().compareTo(allowed.get()) <= 0);
    Optional<Duration> time = inTime ? takes : allowed;
    long from = System.nanoTime();
    while (!unwanted) {
      long left =
          time.map(all -> all.minusNanos(System.nanoTime() - from).toMillis())
              .orElse(Long.MAX_VALUE);
      if (left <= 0) {
        return inTime ? 0 : TIMED_OUT;
      }
      wait(left);
    }
    return KILLED;
  }

  /** Asks the process to end, and enforces that a little later; returns at once. */
  void end() {
    Thread ending = new Thread(this::endNow, "emr-step-end");
    ending.setDaemon(true);
    ending.start();
  }

  /** Sends SIGTERM, to which the process may react late; returns at once. */
  void interrupt() {
    unwanted().ifPresent(RunningStep::askToEnd);
  }

  /** Sends SIGKILL to the process and its descendants; returns at once. */
  void killNow() {
    unwanted().ifPresent(RunningStep::kill);
  }

  /** Prevents the process from starting, or returns the one that has started. */
  private synchronized Optional<Process> unwanted() {
    unwanted = true;
    notifyAll();
    return Optional.ofNullable(process);
  }

  /** Ends the process and its descendants, and waits until they are gone. */
  void endNow() {
    Optional<Process> started = unwanted();
    if (started.isEmpty()) {
      return;
    }
    Process ending = started.get();
    // Listed beforehand: orphans are no descendants any more.
    List<ProcessHandle> descendants = ending.descendants().toList();
    askToEnd(ending);
    try {
      if (!ends(ending, GRACE)) {
        kill(ending);
        ending.waitFor();
      }
    } catch (InterruptedException e) {
      kill(ending);
      Thread.currentThread().interrupt();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * Process.destroy would also close its standard input, which the process would take for the
   * stand-in's end.
   */
  private static void askToEnd(Process process) {
    process.toHandle().destroy();
  }

  private static boolean ends(Process process, Duration within) throws InterruptedException {
    return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void kill(Process process) {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }
}
