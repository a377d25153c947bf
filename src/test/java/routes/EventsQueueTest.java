package routes;

import static org.assertj.core.api.Assertions.assertThat;

import aws.AwsSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import testing.Records;

/** Each way in which the consumer of EMR's events can fail is told once, and so is its end. */
class EmrEventsQueueTest {

  private final Records log = new Records();
  private final EmrEventsQueue queue =
      new EmrEventsQueue(
          new AwsSettings(
              "eu-central-1",
              Optional.empty(),
              Optional.empty(),
              0.5,
              Optional.empty(),
              Optional.of(URI.create("http://localhost/1/q")),
              Duration.ofSeconds(1)));

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void a_queue_that_is_away_is_told_once_each_time() {
    fails();
    fails();
    fails();
    assertThat(warnings()).isEqualTo(1);
    assertThat(news()).isZero();

    succeeds(0);
    succeeds(3);
    assertThat(news()).isEqualTo(1);

    fails();
    assertThat(warnings()).isEqualTo(2);
  }

  @Test
  void messages_that_cannot_be_deleted_are_told_once_however_often_they_come() {
    for (int poll = 0; poll < 3; poll++) {
      takesOneThatCannotBeDeleted();
      succeeds(0);
    }
    assertThat(warnings()).isEqualTo(1);
    assertThat(news()).isZero();

    succeeds(1);
    assertThat(news()).isEqualTo(1);

    takesOneThatCannotBeDeleted();
    assertThat(warnings()).isEqualTo(2);
  }

  private void fails() {
    queue.begin(null, null);
    assertThat(queue.rollback(null, null, 0, new IllegalStateException("refused"))).isFalse();
    queue.handleException("Failed polling", new IllegalStateException("refused"));
  }

  private void succeeds(int messages) {
    queue.begin(null, null);
    queue.commit(null, null, messages);
  }

  private void takesOneThatCannotBeDeleted() {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    queue.begin(null, null);
    queue.handleException("Error", exchange, new IllegalStateException("denied"));
    queue.commit(null, null, 1);
  }

  private long warnings() {
    return log.count(EmrEventsQueue.class, Level.WARNING);
  }

  private long news() {
    return log.count(EmrEventsQueue.class, Level.INFO);
  }
}
