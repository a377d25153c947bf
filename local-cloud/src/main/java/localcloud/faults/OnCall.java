package localcloud.faults;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The fault of one call of any kind. A stand-in reports the call's progress; each of the three
 * methods may throw, and the stand-in then does what the exception says.
 */
public sealed interface OnCall extends Effect {

  /**
   * The call is there and has had no effect.
   *
   * @throws Refused if the answer is to be an error, without effect
   * @throws HungUp if there is to be no answer, without effect
   */
  default void arrived() {}

  /**
   * The call has had its whole effect, and nothing of the answer has been sent.
   *
   * @throws HungUp if there is to be no answer
   */
  default void acted() {}

  /** The whole answer has been sent. */
  default void answered() {}

  /** Whether {@link #acted()} will hang up, so that the answer need not be kept. */
  default boolean losesAnswer() {
    return false;
  }

  /** The call has no fault. */
  record Nothing() implements OnCall {}

  /**
   * Ends a process with SIGKILL: the one that sends these calls.
   *
   * @param delay between the answer and the kill; only of {@link When#ANSWERED}
   */
  record Kill(ProcessHandle victim, When when, Duration delay) implements OnCall {
    private static final Duration DEATH = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(2);

    /** The instant of a call at which the process dies. */
    public enum When {
      ARRIVAL,
      ACTED,
      ANSWERED
    }

    @Override
    public void arrived() {
      if (when == When.ARRIVAL) {
        kill();
        throw new HungUp("killed on arrival");
      }
    }

    @Override
    public void acted() {
      if (when == When.ACTED) {
        kill();
        throw new HungUp("killed after acting");
      }
    }

    @Override
    public void answered() {
      if (when == When.ANSWERED) {
        after(delay).execute(victim::destroyForcibly);
      }
    }

    @Override
    public boolean losesAnswer() {
      return when == When.ACTED;
    }

    private static Executor after(Duration delay) {
      return delay.isZero()
          ? Runnable::run
          : CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns when the process is gone: while it runs, it could react to the cut connection. */
    private void kill() {
      victim.destroyForcibly();
      for (Duration waited = Duration.ZERO;
          victim.isAlive() && waited.compareTo(DEATH) < 0;
          waited = waited.plus(LOOK)) {
        Pause.of(LOOK);
      }
    }
  }

  /** The call takes effect at once, and its answer comes later. */
  record Delay(Duration delay) implements OnCall {
    @Override
    public void acted() {
      Pause.of(delay);
    }
  }

  /** The call takes effect, and its answer is lost. */
  record LoseReply() implements OnCall {
    @Override
    public void acted() {
      throw new HungUp("the answer is lost");
    }

    @Override
    public boolean losesAnswer() {
      return true;
    }
  }

  /** The connection is cut before the call takes effect. */
  record Cut() implements OnCall {
    @Override
    public void arrived() {
      throw new HungUp("cut before acting");
    }
  }

  /** The call is answered with an error and has no effect. */
  record Refuse(Refused refused) implements OnCall {
    @Override
    public void arrived() {
      throw refused;
    }
  }
}
