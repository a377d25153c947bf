package intake;

import static org.jboss.logging.Logger.Level.INFO;
import static org.jboss.logging.Logger.Level.WARN;

import batch.LandedObject;
import flow.SetAsideReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import landing.LandingSettings.OnOverwrite;
import landing.LandingSettings.OnSameContent;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import run.Run;
import run.RunId;
import store.RunStore;
import store.SetAsideObjects;
import store.SetAsideObjects.Earlier;
import store.SetAsideObjects.LoadedBefore;
import warehouse.WarehouseSettings.Mode;

/** Makes a run of a closed batch, without the objects that no run is to take. */
@ApplicationScoped
class NewRuns {

  private static final Logger LOG = Logger.getLogger(NewRuns.class);

  private final RunStore runs;
  private final SetAsideObjects aside;

  NewRuns(RunStore runs, SetAsideObjects aside) {
    this.runs = runs;
    this.aside = aside;
  }

  /**
   * The outcome of a batch.
   *
   * @param runs the runs that took its objects
   * @param waiting how many of its objects keep waiting
   */
  record Made(List<Run> runs, int waiting) {}

  /** Makes a run of the batch; reports each object that cannot be taken, with its reason. */
  Made of(Pipeline pipeline, List<LandedObject> batch, Instant now) {
    Map<Earlier, List<LandedObject>> byEarlier = new EnumMap<>(Earlier.class);
    Map<String, List<LandedObject>> unreadable = new TreeMap<>();
    List<LandedObject> unchanged = new ArrayList<>();
    for (LandedObject object : batch) {
      Optional<String> problem = pipeline.unread(object);
      if (problem.isPresent()) {
        unreadable.computeIfAbsent(problem.get(), none -> new ArrayList<>()).add(object);
        continue;
      }
      Earlier same = sameBefore(pipeline, object);
      if (same == Earlier.LOADED) {
        unchanged.add(object);
      } else {
        Earlier earlier = same == Earlier.IN_A_RUN ? same : earlier(pipeline, object);
        byEarlier.computeIfAbsent(earlier, none -> new ArrayList<>()).add(object);
      }
    }
    unreadable.forEach(
        (problem, objects) ->
            setAside(pipeline, objects, problem, pipeline.isHidden(objects.get(0)) ? INFO : WARN));
    if (!unchanged.isEmpty()) {
      setAside(pipeline, unchanged, SetAsideReason.sameContent(pipeline.name()), INFO);
    }
    // Waits for the end of the run that has the earlier version.
    int waiting = byEarlier.getOrDefault(Earlier.IN_A_RUN, List.of()).size();
    List<Run> made =
        Stream.of(
                take(pipeline, byEarlier.getOrDefault(Earlier.NOT_LOADED, List.of()), now),
                overwritten(pipeline, byEarlier.getOrDefault(Earlier.LOADED, List.of()), now))
            .flatMap(Optional::stream)
            .toList();
    return new Made(made, waiting);
  }

  private Earlier sameBefore(Pipeline pipeline, LandedObject object) {
    return pipeline.landing().onSameContent() == OnSameContent.IGNORE
        ? aside.sameBefore(object)
        : Earlier.NOT_LOADED;
  }

  private Earlier earlier(Pipeline pipeline, LandedObject object) {
    return pipeline.landing().onOverwrite() == OnOverwrite.LOAD_AGAIN
        ? Earlier.NOT_LOADED
        : aside.earlier(object);
  }

  private Optional<Run> take(Pipeline pipeline, List<LandedObject> objects, Instant now) {
    if (objects.isEmpty()) {
      return Optional.empty();
    }
    Run run = run(pipeline, objects, now);
    runs.collect(run, objects);
    LOG.infof(
        "Run %s of pipeline %s takes %d objects, %d bytes",
        run.id(), pipeline.name(), run.objects(), run.input().bytes());
    tellWhatLoadsAgain(pipeline, run);
    return Optional.of(run);
  }

  /** The rows that a corrected file shares with its earlier version are in the table twice. */
  private void tellWhatLoadsAgain(Pipeline pipeline, Run run) {
    if (pipeline.landing().onOverwrite() != OnOverwrite.LOAD_AGAIN
        || pipeline.warehouse().mode() != Mode.APPEND) {
      return;
    }
    List<LoadedBefore> again = aside.loadedBefore(run.id());
    if (!again.isEmpty()) {
      LOG.warnf(
          "Run %s of pipeline %s loads again %d objects: the earlier version of %s is in the table by run %s, and rows that both have are in it twice (pipelines.%s.landing.on-overwrite=load-again)",
          run.id(),
          pipeline.name(),
          again.size(),
          again.get(0).object().uri(),
          again.get(0).run(),
          pipeline.name());
    }
  }

  private Optional<Run> overwritten(Pipeline pipeline, List<LandedObject> objects, Instant now) {
    if (objects.isEmpty()) {
      return Optional.empty();
    }
    return switch (pipeline.landing().onOverwrite()) {
      case LOAD_AGAIN -> take(pipeline, objects, now);
      case IGNORE -> {
        setAside(pipeline, objects, SetAsideReason.ignored(pipeline.name()), WARN);
        yield Optional.empty();
      }
      case FAIL -> Optional.of(fail(pipeline, objects, now));
    };
  }

  private Run fail(Pipeline pipeline, List<LandedObject> objects, Instant now) {
    Run run = run(pipeline, objects, now);
    runs.collect(
        run.decide(SetAsideReason.overwritten(run.id(), pipeline.name(), objects)), objects);
    LOG.warnf(
        "Run %s of pipeline %s fails: %d objects that were loaded have been overwritten (%s)",
        run.id(), pipeline.name(), objects.size(), LandedObject.names(objects));
    return run;
  }

  /** Logs at INFO what some writers add to every batch. */
  private void setAside(
      Pipeline pipeline, List<LandedObject> objects, String reason, Logger.Level level) {
    aside.setAside(pipeline.name(), objects, reason);
    LOG.logf(
        level,
        "Pipeline %s sets %d objects aside (%s): %s",
        pipeline.name(),
        objects.size(),
        LandedObject.names(objects),
        reason);
  }

  private static Run run(Pipeline pipeline, List<LandedObject> objects, Instant now) {
    RunId id = RunId.create(now, ThreadLocalRandom.current().nextInt());
    long bytes = objects.stream().mapToLong(LandedObject::size).sum();
    return Run.collected(id, pipeline.name(), now, objects.size(), bytes);
  }
}
