package localcloud.faults;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What befalls one call, whatever it is. A stand-in says where the call has got to; each of the
 * three may throw, and the stand-in then does what the exception says.
 */
public sealed interface OnCall extends Effect {

  /**
   * The call is there and has had no effect.
   *
   * @throws Refused where the answer is to be an error, without acting
   * @throws HungUp where there is to be no answer, without acting
   */
  default void arrived() {}

  /**
   * The call has had its whole effect, and nothing of the answer has been sent.
   *
   * @throws HungUp where there is to be no answer
   */
  default void acted() {}

  /** The whole answer has been sent. */
  default void answered() {}

  /** Whether {@link #acted()} will hang up, so that the answer need not be kept. */
  default boolean losesAnswer() {
    return false;
  }

  /** Nothing befalls the call. */
  record Nothing() implements OnCall {}

  /**
   * Ends a process with SIGKILL: not this one, but the one whose calls these are.
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

    /**
     * Returns when the process is gone: while it still runs it could take the cut connection for a
     * lost one and act on that.
     */
    private void kill() {
      victim.destroyForcibly();
      for (Duration waited = Duration.ZERO;
          victim.isAlive() && waited.compareTo(DEATH) < 0;
          waited = waited.plus(LOOK)) {
        Pause.of(LOOK);
      }
    }
  }

  /** The call acts at once, and its answer comes later. */
  record Delay(Duration delay) implements OnCall {
    @Override
    public void acted() {
      Pause.of(delay);
    }
  }

  /** The call acts, and its answer gets lost. */
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

  /** The connection is cut before the call acts. */
  record Cut() implements OnCall {
    @Override
    public void arrived() {
      throw new HungUp("cut before acting");
    }
  }

  /** The call is answered with an error and does not act. */
  record Refuse(Refused refused) implements OnCall {
    @Override
    public void arrived() {
      throw refused;
    }
  }
}
