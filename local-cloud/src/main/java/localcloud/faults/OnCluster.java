package localcloud.faults;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The fault of an EMR cluster, decided when it is created. */
public sealed interface OnCluster extends Effect {

  /** The kind of the fault. */
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
   * Some instance types are unavailable: a cluster that asks for them stays in STARTING.
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
   * @param stderr the text of its log
   * @param delay the time after which the log is delivered
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
   * @param stderr the text of its log
   * @param delay the time after which the log is delivered
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
   * @param delay the time since it could run steps
   * @param step the final state of the running step
   */
  record SpotReclaim(Duration delay, LostStep step) implements OnCluster {
    /** The possible final states of a step whose nodes are gone. */
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

  /** The logs of every step are delivered that long after its end. */
  record LateLogs(Duration delay) implements OnCluster {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }
}
