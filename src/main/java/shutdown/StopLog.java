package shutdown;

import io.quarkus.logging.LoggingFilter;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Removes the stack traces from what Camel logs while the service stops: if a call hangs, Camel
 * stops its routes by force after a while, and the interrupted calls are no failures.
 */
@LoggingFilter(name = "stop")
public final class StopLog implements Filter {

  private static volatile boolean isStopping;

  @Override
  public boolean isLoggable(LogRecord logged) {
    if (isStopping && logged.getLoggerName().startsWith("org.apache.camel.")) {
      logged.setThrown(null);
    }
    return true;
  }

  /** Observes the stop; Quarkus creates the filter itself, before there are beans. */
  @Singleton
  static final class Stop {

    void stop(@Observes ShutdownEvent event) {
      isStopping = true;
    }
  }
}
