package routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import java.util.logging.Level;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import testing.Records;

/** Each way in which a consumer of events can fail is logged once, and so is its end. */
class EventsQueueTest {

  private final Records log = new Records();
  private final EventsQueue queue =
      new EventsQueue(
          "S3's events",
          Optional.of(URI.create("http://localhost/1/q")),
          "landing prefixes are listed all the same",
          false);

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void an_unreachable_queue_is_logged_once_each_time() {
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
  void messages_that_cannot_be_deleted_are_logged_once_however_often_they_arrive() {
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

  @Test
  void messages_that_cannot_be_handled_are_logged_once_however_often_they_arrive() {
    for (int poll = 0; poll < 3; poll++) {
      takesOneThatFails();
      succeeds(0);
    }
    assertThat(warnings()).isEqualTo(1);
    assertThat(news()).isZero();

    succeeds(1);
    assertThat(news()).isEqualTo(1);

    takesOneThatFails();
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

  private void takesOneThatFails() {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setException(new IllegalStateException("the store is away"));
    queue.begin(null, null);
    queue.handleException("Error", exchange, exchange.getException());
    queue.handleException("Error", exchange, exchange.getException());
    queue.commit(null, null, 1);
  }

  private long warnings() {
    return log.count(EventsQueue.class, Level.WARNING);
  }

  private long news() {
    return log.count(EventsQueue.class, Level.INFO);
  }
}
