package metrics;

import aws.ApiCalls;
import batch.ObjectsLanded;
import batch.ObjectsSetAside;
import inflight.Dependencies;
import inflight.Dependencies.Dependency;
import inflight.InFlight;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import landing.LandingCounts;
import landing.LandingCounts.Came;
import pipeline.Pipeline;
import pipeline.Pipelines;
import pipeline.ServiceSettings;
import run.CheckViolated;
import run.RowsRejected;
import run.RunState;
import run.StateChanged;
import store.RunStore;

/**
 * The metrics for Prometheus: runs by state, time in each state, landed objects, rejected rows,
 * violated checks, calls.
 */
@ApplicationScoped
public class PipelineMetrics {

  private final MeterRegistry registry;
  private final RunStore runs;
  private final InFlight inFlight;

  PipelineMetrics(MeterRegistry registry, RunStore runs, InFlight inFlight) {
    this.registry = registry;
    this.runs = runs;
    this.inFlight = inFlight;
  }

  void start(@Observes io.quarkus.runtime.StartupEvent event, Pipelines pipelines, ApiCalls calls) {
    for (Pipeline pipeline : pipelines.all()) {
      for (RunState state : RunState.values()) {
        Gauge.builder("runs", () -> count(pipeline.name(), state))
            .tag("pipeline", pipeline.name())
            .tag("state", state.name())
            .description("Runs in each state")
            .register(registry);
      }
      registry.counter("landed.objects", "pipeline", pipeline.name());
      registry.counter("landed.objects.set.aside", "pipeline", pipeline.name());
      registry.counter("rows.rejected", "pipeline", pipeline.name());
    }
    Gauge.builder("launch.queue", () -> inFlight.queue().places().size())
        .description("Runs that wait for a cluster")
        .register(registry);
    Gauge.builder("clusters.orphaned", () -> inFlight.orphans().size())
        .description("Clusters of this installation that belong to no open attempt")
        .register(registry);
    calls.onNew(this::counter);
  }

  void pauses(
      @Observes io.quarkus.runtime.StartupEvent event, Pipelines pipelines, PausedNames paused) {
    for (Pipeline pipeline : pipelines.all()) {
      Gauge.builder("pipeline.paused", () -> paused.has(pipeline.name()) ? 1.0 : 0.0)
          .tag("pipeline", pipeline.name())
          .description("Whether an operator has paused the pipeline, so that no run begins")
          .register(registry);
    }
  }

  void landed(@Observes ObjectsLanded landed) {
    registry.counter("landed.objects", "pipeline", landed.pipeline()).increment(landed.objects());
  }

  void countEvents(@Observes io.quarkus.runtime.StartupEvent event, LandingCounts counts) {
    for (Came came : Came.values()) {
      FunctionCounter.builder("landing.events", counts, all -> all.of(came))
          .tag("came", came.name().toLowerCase(Locale.ROOT))
          .description("S3's events of landed objects, by outcome")
          .register(registry);
    }
  }

  void followUps(
      @Observes io.quarkus.runtime.StartupEvent event,
      Dependencies dependencies,
      ServiceSettings settings) {
    for (Dependency dependency : Dependency.values()) {
      Gauge.builder(
              "dependency.up",
              () ->
                  dependencies
                      .last(dependency, settings.probe())
                      .map(probe -> probe.trouble().isEmpty() ? 1.0 : 0.0)
                      .orElse(Double.NaN))
          .tag("dependency", dependency.name())
          .description("Whether S3, EMR and Snowflake answered their last probe")
          .register(registry);
    }
  }

  /**
   * The registry outlives the application if another one starts in the same process, as in
   * development and in tests. The meters of the ended one would then be in the way.
   */
  void stop(@Observes io.quarkus.runtime.ShutdownEvent event) {
    registry.clear();
  }

  void violated(@Observes CheckViolated violated) {
    registry
        .counter(
            "checks.violated",
            "pipeline",
            violated.pipeline(),
            "check",
            violated.check().name(),
            "severity",
            violated.check().severity().name())
        .increment();
  }

  void rejected(@Observes RowsRejected rejected) {
    registry
        .counter("rows.rejected", "pipeline", rejected.pipeline())
        .increment((double) rejected.rows());
  }

  void setAside(@Observes ObjectsSetAside aside) {
    registry
        .counter("landed.objects.set.aside", "pipeline", aside.pipeline())
        .increment(aside.objects());
  }

  void changed(@Observes StateChanged changed) {
    registry
        .timer("run.state", "pipeline", changed.run().pipeline(), "state", changed.from().name())
        .record(changed.spent());
  }

  private double count(String pipeline, RunState state) {
    return runs.countByState(pipeline).getOrDefault(state, 0L);
  }

  private void counter(ApiCalls.Call call, LongAdder count) {
    FunctionCounter.builder("api.calls", count, LongAdder::sum)
        .tag("service", call.service())
        .tag("operation", call.operation())
        .tag("outcome", call.outcome())
        .description("Calls to S3, EMR and Snowflake")
        .register(registry);
  }
}
