package routes;

import static org.assertj.core.api.Assertions.assertThat;

import actions.Made;
import actions.RefuseMessage;
import actions.TakeLandingEvent.Taken;
import aws.AwsSettings;
import aws.AwsSettings.LandingQueue;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import testing.Records;

/** Unknown messages where no queue of dead letters is configured; LandingEventsTest has one. */
class DeadLettersTest {

  private static final AwsSettings SETTINGS =
      new AwsSettings(
          "eu-central-1",
          Optional.empty(),
          Optional.empty(),
          0.5,
          Optional.empty(),
          Optional.empty(),
          Optional.of(new LandingQueue(URI.create("http://localhost/1/q"), Optional.empty())),
          Duration.ofSeconds(1));

  @Test
  void an_unknown_message_stays_in_its_queue_and_is_logged_when_it_first_arrives()
      throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext();
        Records log = new Records()) {
      camel.addRoutesConfigurations(new ErrorHandling());
      camel.addRoutes(
          new LandingRoutes(SETTINGS, null, null, null, null, Made.refuseMessage(SETTINGS), null) {
            @Override
            public void configure() {
              noDeadLetters();
            }
          });
      camel.start();
      ProducerTemplate producer = camel.createProducerTemplate();

      for (int received = 1; received <= 3; received++) {
        assertThat(isLeft(producer, received)).isTrue();
      }

      assertThat(log.count(RefuseMessage.class, Level.WARNING)).isEqualTo(1);
    }
  }

  /** A consumer of SQS deletes no message whose exchange has failed. */
  private static boolean isLeft(ProducerTemplate producer, int received) {
    Exchange taken =
        producer.send(
            "direct:dead-letter",
            exchange -> {
              exchange.getMessage().setBody("hello");
              exchange.getMessage().setHeader(Endpoints.RECEIVE_COUNT, "" + received);
              exchange.setVariable(
                  LandingRoutes.TAKEN, new Taken(0, Optional.of("It is not JSON")));
            });
    return taken.isFailed() || taken.isRollbackOnly();
  }
}
