package shutdown;

import io.quarkus.logging.LoggingFilter;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Takes the stack traces from what Camel logs once the service is told to stop: where a call hangs,
 * Camel stops its routes by force after a while, and what is cut off then is no fault.
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

  /** Hears of the stop; Quarkus makes the filter itself, before there are beans. */
  @Singleton
  static final class Stop {

    void stop(@Observes ShutdownEvent event) {
      isStopping = true;
    }
  }
}
