package routes;

import aws.AwsSettings;
import aws.AwsSettings.LandingQueue;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** The queues of events, by the names that {@link Endpoints} uses for them. */
public class EventsQueues {

  @Produces
  @Named("emrEventsQueue")
  @Singleton
  EventsQueue emr(AwsSettings settings) {
    return new EventsQueue(
        "EMR's events", settings.emrEvents(), "clusters are polled all the same", false);
  }

  @Produces
  @Named("landingEventsQueue")
  @Singleton
  EventsQueue landing(AwsSettings settings) {
    return new EventsQueue(
        "S3's events",
        settings.landingEvents().map(LandingQueue::url),
        "landing prefixes are listed all the same",
        true);
  }
}
