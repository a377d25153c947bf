package api;

import io.smallrye.mutiny.Multi;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import run.RunBegun;
import run.StateChanged;
import store.StateEntries;
import store.StateEntries.Entered;

/**
 * Tells every watcher which runs came into which states. One thread reads the store, once for all
 * of them; each watcher takes what is next for it when its connection has room, so that a slow one
 * delays nobody and costs no memory.
 */
@ApplicationScoped
public class RunEvents {

  private static final Logger LOG = Logger.getLogger(RunEvents.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int KEPT = 1_000;
  private static final int PAGE = 200;

  private final StateEntries entries;
  private final Watchers watchers;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "run-events");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicBoolean isWoken = new AtomicBoolean();
  private final Set<RunEventStream> streams = ConcurrentHashMap.newKeySet();

  // Of the worker alone: the newest entries, without a gap after the id that is forgotten.
  private final TreeMap<Long, Entered> recent = new TreeMap<>();
  private long forgotten = Long.MAX_VALUE;

  RunEvents(StateEntries entries, Watchers watchers) {
    this.entries = entries;
    this.watchers = watchers;
    var unused =
        worker.scheduleAtFixedRate(
            () -> guarded(this::beat),
            HEARTBEAT.toSeconds(),
            HEARTBEAT.toSeconds(),
            TimeUnit.SECONDS);
  }

  /**
   * What runs come into from now on, or from after an earlier event; an absent item is a heartbeat.
   * It fails with a problem, 503, if too many are open.
   *
   * @param after the id of the last event that the watcher has seen
   */
  public Multi<Optional<Entered>> watch(Optional<Long> after) {
    return Multi.createFrom()
        .publisher(
            subscriber -> {
              RunEventStream stream = new RunEventStream(this, subscriber, after);
              subscriber.onSubscribe(stream);
              if (watchers.enter()) {
                streams.add(stream);
                submit(() -> stream.begin());
              } else {
                subscriber.onError(tooMany());
              }
            });
  }

  /**
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 503 if no more may watch now
   */
  void refuseIfFull() {
    if (watchers.areFull()) {
      throw tooMany();
    }
  }

  private RuntimeException tooMany() {
    return Answers.problem(
        Status.SERVICE_UNAVAILABLE,
        "Cannot open another stream of events: %d are open (service.max-watchers); close some, or ask for the runs now and then instead (GET /api/runs)"
            .formatted(watchers.most()));
  }

  void changed(@Observes StateChanged changed) {
    wake();
  }

  void begun(@Observes RunBegun begun) {
    wake();
  }

  private void wake() {
    if (!streams.isEmpty() && isWoken.compareAndSet(false, true)) {
      submit(this::publish);
    }
  }

  /** Does work of a stream, or of all of them, in its turn. */
  void submit(Runnable work) {
    try {
      worker.execute(() -> guarded(work));
    } catch (RejectedExecutionException e) {
      LOG.debug("The service stops", e);
    }
  }

  /** The next heartbeat tries again what the store refused now. */
  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) { // A periodic task that throws would not run again.
      LOG.warnf(
          e,
          "Cannot tell the watchers of runs what has changed; the next attempt is in %s",
          HEARTBEAT);
    }
  }

  private void beat() {
    publish();
    streams.forEach(RunEventStream::beat);
  }

  private void publish() {
    isWoken.set(false);
    if (streams.isEmpty()) {
      recent.clear();
      forgotten = Long.MAX_VALUE;
      return;
    }
    read();
    streams.forEach(RunEventStream::send);
  }

  private void read() {
    if (forgotten == Long.MAX_VALUE) {
      forgotten = entries.last();
    }
    List<Entered> page;
    do {
      page = entries.after(recent.isEmpty() ? forgotten : recent.lastKey(), PAGE);
      page.forEach(entered -> recent.put(entered.id(), entered));
      while (recent.size() > KEPT) {
        forgotten = recent.pollFirstEntry().getKey();
      }
    } while (page.size() == PAGE);
  }

  /** The id of the last entry. */
  long last() {
    return entries.last();
  }

  /** Some of the entries after one; from the store if they are too old to be remembered. */
  List<Entered> after(long id) {
    return id < forgotten
        ? entries.after(id, PAGE)
        : recent.tailMap(id, false).values().stream().limit(PAGE).toList();
  }

  void ended(RunEventStream stream) {
    if (streams.remove(stream)) {
      watchers.leave();
    }
  }

  @PreDestroy
  void stop() {
    worker.shutdownNow();
  }
}
