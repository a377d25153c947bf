package routes;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteConfigurationBuilder;

/**
 * How routes handle failures. A route that others call passes a failure on to the route that was
 * started by a scheduler, a queue or the dispatcher, which decides. Camel redelivers nothing,
 * because every repetition must first read the current state.
 */
@ApplicationScoped
public class ErrorHandling extends RouteConfigurationBuilder {

  /** For a route that others call. */
  static final String HANDED_ON = "handed-on";

  /** For a route that runs again and then makes up for the failure. */
  static final String AGAIN_LATER = "again-later";

  @Override
  public void configuration() {
    routeConfiguration(HANDED_ON).errorHandler(noErrorHandler());

    routeConfiguration(AGAIN_LATER)
        .onException(Exception.class)
        .handled(true)
        .log(
            LoggingLevel.WARN,
            ErrorHandling.class.getName(),
            "Cannot finish ${routeId}, will try again: ${exception.message}");
  }
}
