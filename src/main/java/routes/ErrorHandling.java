package routes;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteConfigurationBuilder;

/**
 * What becomes of a failure. A route that names no configuration hands it on, so that the one that
 * was woken by time, by a queue or by the dispatcher decides; nothing is redelivered by Camel,
 * because every repetition reads first what is true by then.
 */
@ApplicationScoped
public class ErrorHandling extends RouteConfigurationBuilder {

  /** For a route that runs again and then makes up for the failure. */
  static final String AGAIN_LATER = "again-later";

  @Override
  public void configuration() {
    routeConfiguration().errorHandler(noErrorHandler());

    routeConfiguration(AGAIN_LATER)
        .onException(Exception.class)
        .handled(true)
        .log(
            LoggingLevel.WARN,
            ErrorHandling.class.getName(),
            "Cannot finish ${routeId}, will try again: ${exception.message}");
  }
}
