package shutdown;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Ends the process if its stop hangs. Whatever is unfinished then is what a {@code kill -9} leaves,
 * which the next start takes up; without this an orchestrator would kill the process later.
 */
@Singleton
public final class LastResort {

  /** Camel stops its routes by force after 8 s, and the pool of sessions takes 2 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  /** What a shell reports of a process that SIGTERM ended. */
  private static final int TERMINATED = 143;

  private static final Logger LOG = Logger.getLogger(LastResort.class);
  private static final int FRAMES = 8;

  void stop(@Observes ShutdownEvent event) {
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      after(PATIENCE, LastResort::halt);
    }
  }

  /** Tells the end then where the stop hangs. */
  static void after(Duration patience, Consumer<String> end) {
    CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> end.accept(stopping()));
  }

  private static void halt(String hanging) {
    LOG.warnf(
        "The stop has taken %d s, and is ended by force. It hangs: %s",
        PATIENCE.toSeconds(), hanging);
    Runtime.getRuntime().halt(TERMINATED);
  }

  /** Where the threads are that stop the service, each in one line. */
  private static String stopping() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> isStopping(thread.getValue()))
        .map(LastResort::place)
        .collect(Collectors.joining("; "));
  }

  private static boolean isStopping(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .anyMatch(frame -> frame.getMethodName().toLowerCase(Locale.ROOT).contains("shutdown"));
  }

  private static String place(Map.Entry<Thread, StackTraceElement[]> thread) {
    return Arrays.stream(thread.getValue())
        .limit(FRAMES)
        .map(frame -> frame.getClassName() + "." + frame.getMethodName())
        .collect(Collectors.joining(" < ", thread.getKey().getName() + " in ", ""));
  }
}
