package localcloud.emr;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import localcloud.awsjson.AwsError;
import localcloud.faults.Faults;
import localcloud.s3.S3Uri;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.EmrException;
import software.amazon.awssdk.services.emr.model.EmrRequest;
import software.amazon.awssdk.services.emr.model.EmrResponse;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.RunJobFlowResponse;
import software.amazon.awssdk.services.emr.model.TerminateJobFlowsRequest;

/**
 * The stand-in's account, API and quotas without HTTP and without processes, for simulations whose
 * time is not the machine's: a clock tells it, and clusters move on at each {@link #advance}. Every
 * step ends well after its time.
 */
public final class InProcessEmr implements AutoCloseable {

  private final Clock clock;
  private final Times times;
  private final PriorityQueue<Ending> endings =
      new PriorityQueue<>(Comparator.comparing(Ending::at));
  private final Account account;
  private final EmrApi api;
  private final Quotas quotas;

  /** How long things take in a cluster of that name. */
  public interface Times {

    /** From RunJobFlow until steps can run; asked when the cluster is made. */
    Duration provisioning(String cluster);

    /** From the cluster's last step until it is TERMINATED; asked when the cluster is made. */
    Duration terminating(String cluster);

    /** One step; asked when the step starts. */
    Duration step(String cluster);
  }

  /**
   * A cluster as it is now.
   *
   * @param stepsEnded whether none of its steps waits or runs
   * @param ended empty while it is not in a last state
   */
  public record Cluster(
      String id, ClusterState state, boolean stepsEnded, Instant created, Optional<Instant> ended) {

    /** Whether it is in a last state. */
    public boolean isEnded() {
      return ended.isPresent();
    }
  }

  /** A step that ends at that time. */
  private record Ending(String clusterId, Instant at, Consumer<StepOutcome> ended) {}

  /**
   * An account without clusters, with AWS's quotas.
   *
   * @param visibility how long ListClusters does not show a new cluster
   */
  public InProcessEmr(Clock clock, Duration visibility, Times times) {
    this.clock = clock;
    this.times = times;
    this.account = new Account(clock, this::pace, new Steps(), new Faults(clock));
    this.api = new EmrApi(account, visibility);
    this.quotas = Quotas.ofAws(clock);
  }

  private EmrCluster.Pace pace(RunJobFlowRequest request) {
    return new EmrCluster.Pace(
        times.provisioning(request.name()), times.terminating(request.name()));
  }

  private final class Steps implements StepRunner {

    @Override
    public RunningStep start(Order order, Consumer<StepOutcome> ended) {
      Duration takes = times.step(account.name(order.clusterId()).orElseThrow());
      endings.add(new Ending(order.clusterId(), clock.instant().plus(takes), ended));
      return new RunningStep();
    }

    /** Without faults no cluster fails in bootstrap. */
    @Override
    public void deliver(Fate.BootstrapLog log, S3Uri logUri, String clusterId) {
      throw new UnsupportedOperationException("log of " + clusterId);
    }

    @Override
    public void close() {
      endings.clear();
    }
  }

  /** Does what is due by now. */
  public void advance() {
    while (!endings.isEmpty() && !endings.peek().at().isAfter(clock.instant())) {
      endings.remove().ended().accept(new StepOutcome(Optional.empty()));
    }
    account.advance();
  }

  /**
   * Answers as EMR does, and counts the call against the account's quota.
   *
   * @param type the operation's response
   * @throws EmrException where EMR refuses; a ThrottlingException beyond the quota
   */
  public <T extends EmrResponse> T call(EmrRequest request, Class<T> type) {
    try {
      quotas.count(operation(request));
      return answer(request, type);
    } catch (AwsError e) {
      throw exception(e);
    }
  }

  /**
   * Makes a cluster whatever the quotas say.
   *
   * @return its id
   * @throws EmrException where EMR refuses
   */
  public String create(RunJobFlowRequest request) {
    try {
      return answer(request, RunJobFlowResponse.class).jobFlowId();
    } catch (AwsError e) {
      throw exception(e);
    }
  }

  /**
   * Uses the quota up by one call without making it.
   *
   * @param operation its name, such as RunJobFlow
   * @return whether the quota allowed it
   * @throws IllegalArgumentException if the stand-in has no such operation
   */
  public boolean spend(String operation) {
    try {
      quotas.count(named(operation));
      return true;
    } catch (AwsError throttled) {
      return false;
    }
  }

  private <T extends EmrResponse> T answer(EmrRequest request, Class<T> type) {
    T response = type.cast(api.answer(operation(request), request));
    if (request instanceof TerminateJobFlowsRequest terminate) {
      endStepsOf(terminate.jobFlowIds());
    }
    return response;
  }

  /** A step ends with its cluster. */
  private void endStepsOf(List<String> clusters) {
    List<Ending> cut =
        endings.stream().filter(ending -> clusters.contains(ending.clusterId())).toList();
    endings.removeAll(cut);
    cut.forEach(
        ending -> endings.add(new Ending(ending.clusterId(), clock.instant(), ending.ended())));
  }

  /** The SDK names a request after its operation. */
  private static Operation operation(EmrRequest request) {
    return named(request.getClass().getSimpleName().replaceFirst("Request$", ""));
  }

  private static Operation named(String name) {
    return Operation.named(name)
        .orElseThrow(() -> new IllegalArgumentException("There is no operation " + name));
  }

  private static EmrException exception(AwsError error) {
    return (EmrException)
        EmrException.builder()
            .message(error.getMessage())
            .statusCode(error.status())
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .serviceName("Emr")
                    .errorCode(error.type())
                    .errorMessage(error.getMessage())
                    .build())
            .build();
  }

  /**
   * One cluster.
   *
   * @param id of one that was made here
   */
  public Cluster cluster(String id) {
    return account.with(id, AwsError.internal("There is no cluster " + id), InProcessEmr::seen);
  }

  /** All that were ever made, in the order of their creation. */
  public List<Cluster> clusters() {
    return account.withAll(all -> all.stream().map(InProcessEmr::seen).toList());
  }

  private static Cluster seen(EmrCluster cluster) {
    return new Cluster(
        cluster.id(),
        cluster.state(),
        cluster.steps().stream().noneMatch(EmrStep::isActive),
        cluster.created(),
        cluster.ended());
  }

  @Override
  public void close() {
    account.close();
  }
}
