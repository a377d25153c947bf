package routes;

import configuration.StartReport;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** The first lines of the log. */
@ApplicationScoped
public class StartLog {

  private static final Logger LOG = Logger.getLogger(StartLog.class);

  void start(@Observes StartupEvent event, StartReport report) {
    report.lines().forEach(LOG::info);
  }
}
