package bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * Camel's schedulers and its {@code seda:} queues without threads: {@link #take} does what is due, one exchange after another.
 */
final class Turns {

  private final Map<String, Consumer> consumers = new HashMap<>();
  private final List<Timer> timers = new ArrayList<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  private static final class Timer {
    final Consumer consumer;
    final Duration period;
    Instant due = Instant.MIN;

    Timer(Consumer consumer, Duration period) {
      this.consumer = consumer;
      this.period = period;
    }
  }

  /** One exchange in a queue. */
  private record Waiting(String queue, Object body) {}

  /** Fires the due timers, and does what follows until nothing is left. */
  void take(VirtualClock clock) throws Exception {
    for (Timer timer : timers) {
      if (!timer.due.isAfter(clock.instant())) {
        timer.due = clock.instant().plus(timer.period);
        consume(timer.consumer, null);
        empty();
      }
    }
  }

  private void empty() throws Exception {
    while (!waiting.isEmpty()) {
      Waiting next = waiting.remove();
      consume(consumers.get(next.queue()), next.body());
    }
  }

  private static void consume(Consumer consumer, Object body) throws Exception {
    Exchange exchange = consumer.getEndpoint().createExchange();
    exchange.getMessage().setBody(body);
    consumer.getProcessor().process(exchange);
    if (exchange.getException() != null) {
      throw exchange.getException();
    }
  }

  /** Exchanges for a queue without a consumer are dropped. */
  private void offer(String queue, boolean isOneEnough, Object body) {
    boolean isFull =
        isOneEnough && waiting.stream().anyMatch(other -> other.queue().equals(queue));
    if (!isFull && consumers.containsKey(queue)) {
      waiting.add(new Waiting(queue, body));
    }
  }

  /** In place of Camel's component of that name. */
  Component seda() {
    return new DefaultComponent() {
      @Override
      protected Queue createEndpoint(String uri, String name, Map<String, Object> options) {
        boolean isOneEnough = Boolean.parseBoolean(String.valueOf(options.get("discardWhenFull")));
        options.clear();
        return new Queue(uri, this, name, isOneEnough);
      }
    };
  }

  /** In place of Camel's component of that name. */
  Component scheduler() {
    return new DefaultComponent() {
      @Override
      protected Clockwork createEndpoint(String uri, String name, Map<String, Object> options) {
        Duration period = Duration.ofMillis(Long.parseLong(String.valueOf(options.get("delay"))));
        options.clear();
        return new Clockwork(uri, this, period);
      }
    };
  }

  private final class Queue extends DefaultEndpoint {
    private final String name;
    private final boolean isOneEnough;

    Queue(String uri, Component component, String name, boolean isOneEnough) {
      super(uri, component);
      this.name = name;
      this.isOneEnough = isOneEnough;
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) {
          offer(name, isOneEnough, exchange.getMessage().getBody());
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      Consumer consumer = new DefaultConsumer(this, processor);
      consumers.put(name, consumer);
      return consumer;
    }
  }

  private final class Clockwork extends DefaultEndpoint {
    private final Duration period;

    Clockwork(String uri, Component component, Duration period) {
      super(uri, component);
      this.period = period;
    }

    @Override
    public Producer createProducer() {
      throw new UnsupportedOperationException("A scheduler has no producers");
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      Consumer consumer = new DefaultConsumer(this, processor);
      timers.add(new Timer(consumer, period));
      return consumer;
    }
  }
}
