package polling;

import aws.AwsSettings;
import cluster.emr.EmrApi;
import cluster.emr.EmrGateway;
import cluster.emr.EmrQuotas;
import flow.Action;
import flow.ClusterSnapshot;
import flow.Flow;
import flow.LaunchQueue;
import flow.Terminations;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;
import pipeline.ServiceSettings;
import run.OpenRun;
import run.Run;
import store.RunStore;

/**
 * Reads the open runs, decides what comes next for each, and claims what is due. No thread waits
 * for a cluster: the next tick reads again what is not due yet.
 */
@ApplicationScoped
public class Dispatcher {

  private static final Logger LOG = Logger.getLogger(Dispatcher.class);

  private final RunStore runs;
  private final Pipelines pipelines;
  private final EmrQuotas quotas;
  private final ServiceSettings settings;
  private final Flow flow;
  private final InFlight inFlight;
  private final Clock clock;

  Dispatcher(
      RunStore runs,
      Pipelines pipelines,
      EmrQuotas quotas,
      ServiceSettings settings,
      AwsSettings aws,
      InFlight inFlight,
      Clock clock) {
    this.runs = runs;
    this.pipelines = pipelines;
    this.quotas = quotas;
    this.settings = settings;
    this.flow =
        new Flow(aws.callTimeout().plus(settings.clusterVisibility()), settings.giveUpAfter());
    this.inFlight = inFlight;
    this.clock = clock;
  }

  /**
   * What is due now: first {@link Terminations} in batches, then actions. The run of each action is
   * claimed.
   */
  public List<Object> due() {
    Instant now = clock.instant();
    ClusterSnapshot snapshot = inFlight.snapshot();
    List<OpenRun> open = runs.open();
    List<Object> due = new ArrayList<>();
    terminations(open, snapshot, now).ifPresent(due::add);
    List<Action> next = next(open, snapshot, now);
    LaunchQueue queue = queue(open, next);
    inFlight.queued(queue);
    for (Action action : next) {
      if (mayBeDone(action, queue) && claim(action, now)) {
        if (action instanceof Action.Launch) {
          quotas.take(EmrApi.RUN_JOB_FLOW);
        }
        due.add(action);
      }
    }
    return due;
  }

  private boolean claim(Action action, Instant now) {
    Run run = action.open().run();
    if (!(action instanceof Action.OnTable)) {
      return inFlight.runs().claim(run.id(), now);
    }
    if (!inFlight.loads().claim(run.pipeline(), now)) {
      return false;
    }
    boolean isClaimed = inFlight.runs().claim(run.id(), now);
    if (!isClaimed) {
      inFlight.loads().release(run.pipeline(), now, now);
    }
    return isClaimed;
  }

  /** The end of a cluster that no run needs does not wait for other actions of its run. */
  private Optional<Terminations> terminations(
      List<OpenRun> open, ClusterSnapshot snapshot, Instant now) {
    if (!quotas.has(EmrApi.TERMINATE_JOB_FLOWS)) {
      return Optional.empty();
    }
    List<Action.Terminate> actions =
        open.stream()
            .flatMap(run -> terminations(run, snapshot, now).stream())
            .filter(action -> inFlight.terminations().claim(action.attempt().intent(), now))
            .limit(EmrGateway.MOST_TERMINATED_AT_ONCE)
            .toList();
    if (actions.isEmpty()) {
      return Optional.empty();
    }
    quotas.take(EmrApi.TERMINATE_JOB_FLOWS);
    return Optional.of(new Terminations(actions));
  }

  private List<Action.Terminate> terminations(OpenRun run, ClusterSnapshot snapshot, Instant now) {
    try {
      return flow.terminations(run, snapshot, now);
    } catch (RuntimeException e) {
      waits(
          run.run(), "Cannot decide which clusters run %s needs: %s".formatted(run.run().id(), e));
      return List.of();
    }
  }

  /** An action that needs a place in the launch queue or a token of a quota waits for it. */
  private boolean mayBeDone(Action action, LaunchQueue queue) {
    if (action instanceof Action.Begin begin) {
      return queue.admitted().contains(begin.open().run().id());
    }
    if (action instanceof Action.Launch) {
      return quotas.has(EmrApi.RUN_JOB_FLOW);
    }
    return !(action instanceof Action.Wait);
  }

  private LaunchQueue queue(List<OpenRun> open, List<Action> next) {
    List<OpenRun> wanting =
        next.stream().filter(Action.Begin.class::isInstance).map(Action::open).toList();
    return LaunchQueue.of(
        open,
        wanting,
        pipelines,
        settings.maxClusters(),
        run -> inFlight.runs().trouble(run).isPresent());
  }

  private List<Action> next(List<OpenRun> open, ClusterSnapshot snapshot, Instant now) {
    List<Action> next = new ArrayList<>();
    for (OpenRun run : open) {
      try {
        next.add(next(run, snapshot, now));
      } catch (RuntimeException e) {
        // One run that cannot be processed must not keep the others waiting.
        waits(
            run.run(), "Cannot decide what comes next for run %s: %s".formatted(run.run().id(), e));
      }
    }
    return next;
  }

  private Action next(OpenRun run, ClusterSnapshot snapshot, Instant now) {
    Optional<Pipeline> pipeline = pipelines.find(run.run().pipeline());
    if (pipeline.isPresent()) {
      return flow.next(run, pipeline.get(), snapshot, now);
    }
    Action action = flow.nextWithoutPipeline(run, snapshot, now);
    if (action instanceof Action.Wait && run.run().outcome().isEmpty()) {
      waits(
          run.run(),
          "Run %s waits: pipeline %s is not configured any more, or is switched off; configure it, or cancel the run (POST /api/runs/%1$s/cancel)"
              .formatted(run.run().id(), run.run().pipeline()));
    }
    return action;
  }

  private void waits(Run run, String why) {
    Instant now = clock.instant();
    if (inFlight.runs().claim(run.id(), now)) {
      LOG.warn(why);
      inFlight.runs().fail(run.id(), why, now);
    }
  }
}
