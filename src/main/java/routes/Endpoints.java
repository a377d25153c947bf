package routes;

import aws.AwsClients;
import java.net.URI;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.builder.EndpointConsumerBuilder;
import org.apache.camel.builder.EndpointProducerBuilder;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.builder.endpoint.dsl.Sqs2EndpointBuilderFactory.Sqs2EndpointConsumerBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import staging.ObjectToPut;

/** The endpoints that several route files share, and those of outside services. */
abstract class Endpoints extends EndpointRouteBuilder {

  /** The attribute of a message with the number of times that it was received. */
  static final String RECEIVE_COUNT = "ApproximateReceiveCount";

  /**
   * How often, in milliseconds, a consumer checks whether to stop; a shutdown waits for consumers
   * one after another.
   */
  private static final int QUICK = 100;

  /** Room for one action of each run that is open. */
  private static final int ALL_RUNS = 100_000;

  private static final int MESSAGES_A_CALL = 10;

  /** Wakes the tick; a second wake-up while one is waiting adds nothing. */
  final EndpointProducerBuilder tick() {
    return seda("tick").size(1).advanced().discardWhenFull(true);
  }

  final EndpointConsumerBuilder ticks() {
    return seda("tick").size(1).advanced().pollTimeout(QUICK);
  }

  /** Wakes the listing of landing prefixes in the same way. */
  final EndpointProducerBuilder listLanding() {
    return seda("list-landing").size(1).advanced().discardWhenFull(true);
  }

  final EndpointConsumerBuilder landingListings() {
    return seda("list-landing").size(1).advanced().pollTimeout(QUICK);
  }

  /** Sends to a bounded pool, and waits while it is full. */
  final EndpointProducerBuilder toPool(String name) {
    return seda(name).advanced().blockWhenFull(true);
  }

  /** A bounded pool with that many threads. */
  final EndpointConsumerBuilder pool(String name, int threads) {
    return seda(name).concurrentConsumers(threads).advanced().pollTimeout(QUICK);
  }

  /** Sends an action to a bounded pool, which has room for one action of each run. */
  final EndpointProducerBuilder toActionPool(String name) {
    return seda(name).size(ALL_RUNS);
  }

  /** A bounded pool for actions. */
  final EndpointConsumerBuilder actionPool(String name, int threads) {
    return seda(name).size(ALL_RUNS).concurrentConsumers(threads).advanced().pollTimeout(QUICK);
  }

  /**
   * Fires at intervals, beginning at once. Camel's timer component waits by the system's clock, and
   * a clock that is set back by an hour would stop it for an hour; the scheduler component is not
   * affected.
   */
  final EndpointConsumerBuilder every(String name, Duration pause) {
    return scheduler(name).initialDelay(0).delay(pause.toMillis());
  }

  /**
   * Writes an object to S3. Headers name its bucket and key; the endpoint's own bucket is never
   * used.
   */
  final EndpointProducerBuilder putsObject() {
    return notAskedAtStart(aws2S3("any"));
  }

  /** Reads an object of S3, whose bucket and key are in headers. */
  final EndpointProducerBuilder getsObject() {
    return notAskedAtStart(aws2S3("any").operation("getObject"));
  }

  /** Asks S3 whether the object is there that headers name. */
  final EndpointProducerBuilder headsObject() {
    return notAskedAtStart(aws2S3("any").operation("headObject"));
  }

  /**
   * A file name is an option for consumers; without one a producer asks for a bucket of the
   * endpoint's name at its start, and no route would start while S3 is unreachable.
   */
  private static EndpointProducerBuilder notAskedAtStart(EndpointProducerBuilder s3) {
    s3.doSetProperty("fileName", "none");
    return s3;
  }

  /** The exception that the exchange caught. */
  static Throwable thrown(Exchange exchange) {
    return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
  }

  /** Sets the headers that name an object. */
  static void address(Exchange exchange, String bucket, String key) {
    exchange.getMessage().setHeader(AWS2S3Constants.OVERRIDE_BUCKET_NAME, bucket);
    exchange.getMessage().setHeader(AWS2S3Constants.KEY, key);
  }

  /** The same exception, if it is no {@link Error}. */
  static Exception cause(Exchange exchange) {
    return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
  }

  /**
   * Makes the content of an object the message's body, and sets the headers that name the object.
   */
  static void address(Exchange exchange, ObjectToPut object) {
    address(exchange, object.bucket(), object.key());
    exchange.getMessage().setBody(object.bytes());
  }

  /** The message's body, which is of that type. */
  static <T> T body(Exchange exchange, Class<T> type) {
    return exchange.getMessage().getBody(type);
  }

  /** EMR's events, each deleted after it was handled. */
  final EndpointConsumerBuilder emrEvents(URI queueUrl) {
    return events("emr-events", queueUrl, "#emrEventsQueue");
  }

  /**
   * S3's events of the landing buckets. The route deletes them itself, several with one call. Two
   * threads read them, because one alone is limited by SQS's answers of ten messages each.
   */
  final EndpointConsumerBuilder landingEvents(URI queueUrl) {
    return events("landing-events", queueUrl, "#landingEventsQueue")
        .concurrentConsumers(2)
        .deleteAfterRead(false)
        .attributeNames(RECEIVE_COUNT);
  }

  /**
   * Waits for messages of the queue and deletes each after it was handled, unless configured
   * otherwise. After a failure it tries again every ten seconds (100 times the delay). The name is
   * only for logs: with a URL Camel makes no call to SQS at its start, and so starts even if SQS is
   * unreachable.
   *
   * @param handler the bean that is notified of successes and failures
   */
  private Sqs2EndpointConsumerBuilder events(String name, URI queueUrl, String handler) {
    Sqs2EndpointConsumerBuilder events =
        aws2Sqs(name)
            .queueUrl("RAW(%s)".formatted(queueUrl))
            .maxMessagesPerPoll(MESSAGES_A_CALL)
            .greedy(true)
            .waitTimeSeconds((int) AwsClients.SQS_WAIT.toSeconds())
            .delay(100)
            .backoffErrorThreshold(1)
            .backoffMultiplier(100);
    events.advanced().pollStrategy(handler).exceptionHandler(handler);
    return events;
  }

  /** Sends the body to the queue, with the headers that are not Camel's as its attributes. */
  final EndpointProducerBuilder deadLetterQueue(URI queueUrl) {
    return aws2Sqs("dead-letters").queueUrl("RAW(%s)".formatted(queueUrl));
  }

  /**
   * Sends the body as SQL to Snowflake. Autocommit stays on, which Camel would turn off around each
   * statement: a REFRESH that is not committed is lost.
   */
  final EndpointProducerBuilder snowflake() {
    return jdbc("warehouse")
        .resetAutoCommit(false)
        .advanced()
        .connectionStrategy("#snowflakeSession");
  }
}
