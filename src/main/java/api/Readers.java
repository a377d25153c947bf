package api;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/**
 * Bounds how many requests of the API and the pages use the run store at once: the store has twice
 * as many connections, so that runs go on however many people look at them. A request waits for its
 * turn, first come, first served. A stream has none, because it does not end; whoever makes a page
 * for one takes a turn for it.
 */
@Provider
@Priority(Priorities.AUTHORIZATION + 1)
public class Readers implements ContainerRequestFilter, ContainerResponseFilter {

  /** Half of {@code quarkus.datasource.runs.jdbc.max-size}. */
  static final int MOST = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int SECONDS_TO_WAIT = 5;
  private static final String TURN = Readers.class.getName();

  private final Semaphore turns = new Semaphore(MOST, true);

  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Method method = resource.getResourceMethod();
    if (method == null || Multi.class.isAssignableFrom(method.getReturnType())) {
      return;
    }
    enter();
    Turn turn = new Turn(new AtomicBoolean());
    request.setProperty(TURN, turn);
    // Also where a failure leaves the response's filters out.
    CurrentRequestManager.get().registerCompletionCallback(failure -> end(turn));
  }

  /** What is written to a slow client needs the store no more. */
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(TURN) instanceof Turn turn) {
      end(turn);
    }
  }

  private record Turn(AtomicBoolean isOver) {}

  private void end(Turn turn) {
    if (turn.isOver().compareAndSet(false, true)) {
      leave();
    }
  }

  /**
   * Reads in a turn of its own; not within a request, which has its turn already.
   *
   * @throws HttpProblem 503 if none comes
   */
  public <T> T inTurn(Supplier<T> read) {
    enter();
    try {
      return read.get();
    } finally {
      leave();
    }
  }

  /**
   * Waits for a turn.
   *
   * @throws HttpProblem 503 if none comes
   */
  void enter() {
    try {
      if (turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw HttpProblem.builder()
        .withStatus(Status.SERVICE_UNAVAILABLE)
        .withTitle(Status.SERVICE_UNAVAILABLE.getReasonPhrase())
        .withDetail(
            "Cannot answer now: too many requests are being answered, and nothing was done for this one; try again in some seconds, and ask less often")
        .withHeader(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT)
        .build();
  }

  void leave() {
    turns.release();
  }

  /** How many turns are free. */
  int free() {
    return turns.availablePermits();
  }
}
