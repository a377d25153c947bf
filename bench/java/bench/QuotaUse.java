package bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How much of one API's quota was used.
 *
 * @param calls how many passed
 * @param throttled how many were refused
 * @param whole of what could have passed in the whole time: burst and refill
 * @param worst of what could have passed between any two calls
 */
record QuotaUse(long calls, long throttled, double whole, double worst) {

  /** AWS General Reference, "Amazon EMR endpoints and quotas". */
  enum Quota {
    RUN_JOB_FLOW("RunJobFlow", 10, 0.5),
    LIST_CLUSTERS("ListClusters", 20, 0.5),
    DESCRIBE_CLUSTER("DescribeCluster", 10, 1),
    LIST_STEPS("ListSteps", 10, 0.5),
    DESCRIBE_STEP("DescribeStep", 10, 0.5),
    TERMINATE_JOB_FLOWS("TerminateJobFlows", 10, 0.5);

    private final String operation;
    private final int burst;
    private final double perSecond;

    Quota(String operation, int burst, double perSecond) {
      this.operation = operation;
      this.burst = burst;
      this.perSecond = perSecond;
    }

    /** How many calls may come at once. */
    int burst() {
      return burst;
    }

    double perSecond() {
      return perSecond;
    }

    /** The call's name. */
    String operation() {
      return operation;
    }

    @Override
    public String toString() {
      return operation;
    }

    private double within(Instant from, Instant until) {
      return burst + perSecond * Duration.between(from, until).toNanos() / 1e9;
    }
  }

  static QuotaUse of(Quota quota, List<VirtualEmr.Call> calls, Instant from, Instant until) {
    List<VirtualEmr.Call> own =
        calls.stream().filter(call -> call.operation().equals(quota.operation)).toList();
    List<Instant> passed =
        own.stream().filter(call -> !call.isThrottled()).map(VirtualEmr.Call::at).toList();
    double worst = 0;
    for (int first = 0; first < passed.size(); first++) {
      for (int last = first; last < passed.size(); last++) {
        double allowed = quota.within(passed.get(first), passed.get(last));
        worst = Math.max(worst, (last - first + 1) / allowed);
      }
    }
    return new QuotaUse(
        passed.size(),
        own.size() - passed.size(),
        passed.size() / quota.within(from, until),
        worst);
  }
}
