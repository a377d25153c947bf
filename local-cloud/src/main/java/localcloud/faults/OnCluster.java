package localcloud.faults;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What is in store for a cluster of EMR, decided when it is made. */
public sealed interface OnCluster extends Effect {

  /** Tells the kinds apart. */
  interface Visitor<R> {
    R visit(NoCapacity noCapacity);

    R visit(BootstrapFailure bootstrapFailure);

    R visit(InternalFailure internalFailure);

    R visit(StepHangs stepHangs);

    R visit(PlainTerminated plainTerminated);

    R visit(StepFails stepFails);

    R visit(StepSucceeds stepSucceeds);

    R visit(SpotReclaim spotReclaim);

    R visit(LateLogs lateLogs);
  }

  <R> R accept(Visitor<R> visitor);

  /**
   * Of some instance types there are none to be had: who asks for them stays in STARTING.
   *
   * @param instanceTypes such as m6g.xlarge; empty for every type
   * @param delay instead of a fleet's own provisioning timeout, which counts minutes
   */
  record NoCapacity(Set<String> instanceTypes, Optional<Duration> delay) implements OnCluster {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * A bootstrap action fails.
   *
   * @param stderr what its log says
   * @param delay after which the log is delivered
   */
  record BootstrapFailure(String stderr, Duration delay) implements OnCluster {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** EMR itself fails while the cluster starts. */
  record InternalFailure() implements OnCluster {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The first step runs and does not end by itself. */
  record StepHangs() implements OnCluster {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The first step fails, and the cluster ends as if nothing had happened. */
  record PlainTerminated() implements OnCluster {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * The first step fails at once.
   *
   * @param message in its failure's details
   * @param stderr what its log says
   * @param delay after which the log is delivered
   */
  record StepFails(Optional<String> message, String stderr, Duration delay) implements OnCluster {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * The first step, which is the service's own job, does its work without Spark: only its effects
   * are there.
   *
   * @param takes how long it runs before
   */
  record StepSucceeds(Duration takes) implements OnCluster {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * The cluster loses its nodes.
   *
   * @param delay since it could run steps
   * @param step what becomes of the step that runs
   */
  record SpotReclaim(Duration delay, LostStep step) implements OnCluster {
    /** The states in which a step can end whose nodes are gone. */
    public enum LostStep {
      FAILED,
      INTERRUPTED,
      CANCELLED
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The logs of every step are delivered so long after its end. */
  record LateLogs(Duration delay) implements OnCluster {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }
}
