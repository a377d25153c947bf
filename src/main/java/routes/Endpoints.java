package routes;

import aws.AwsClients;
import curated.RunPaths;
import java.net.URI;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.builder.EndpointConsumerBuilder;
import org.apache.camel.builder.EndpointProducerBuilder;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;

/** What the route files share: the endpoints that several of them use, and those outside. */
abstract class Endpoints extends EndpointRouteBuilder {

  /**
   * A consumer looks this often, in milliseconds, whether it is to stop; at a shutdown they wait
   * for it one after another.
   */
  private static final String QUICK_TO_STOP = "pollTimeout=100";

  /** Wakes the tick; a second wake-up while one is waiting adds nothing. */
  static final String TICK = "seda:tick?size=1&discardWhenFull=true&" + QUICK_TO_STOP;

  /** Wakes the listing of landing prefixes, likewise. */
  static final String LIST_LANDING =
      "seda:list-landing?size=1&discardWhenFull=true&" + QUICK_TO_STOP;

  /** The bounded pool that lists one pipeline's prefix each. */
  static final String LIST_PIPELINE =
      "seda:list-pipeline?concurrentConsumers=4&blockWhenFull=true&" + QUICK_TO_STOP;

  /** The bounded pool that goes on with one backfill each. */
  static final String BACKFILL =
      "seda:backfill?concurrentConsumers=2&blockWhenFull=true&" + QUICK_TO_STOP;

  /** The bounded pool for a run's legs. */
  static final String LEG = "seda:leg?concurrentConsumers=8&size=100000&" + QUICK_TO_STOP;

  /** The bounded pool for loads, so that one slow REFRESH holds up no cluster. */
  static final String LOAD = "seda:load?concurrentConsumers=4&size=100000&" + QUICK_TO_STOP;

  /** The bounded pool for fetches; each of them holds one part of its object in memory. */
  static final String FETCH = "seda:fetch?concurrentConsumers=2&size=100000&" + QUICK_TO_STOP;

  /** Ends clusters by the batch. */
  static final String TERMINATE = "seda:terminate?" + QUICK_TO_STOP;

  /**
   * Every use has a bucket of its own, set by {@link #address}; "curated" is nobody's. A file name
   * is an option of consumers. Without one the endpoint asks at its start for a bucket of that
   * name, and no route starts while S3 is out of reach.
   */
  private static final String S3_URI = "aws2-s3:curated?fileName=none";

  /** Writes the body to the address that {@link #address} has set. */
  static final String PUT_OBJECT = S3_URI;

  /** Reads an object. */
  static final String GET_OBJECT = S3_URI + "&operation=getObject";

  /** The attribute of a message that says how often it was received by now. */
  static final String RECEIVE_COUNT = "ApproximateReceiveCount";

  /** EMR's events, each deleted once it was taken. */
  static String emrEvents(URI queueUrl) {
    return events("emr-events", queueUrl, "emrEventsQueue");
  }

  /**
   * S3's events of the landing buckets, which the route deletes itself, several with one call. Two
   * threads read them: one alone is as fast as SQS answers with ten messages at a time.
   */
  static String landingEvents(URI queueUrl) {
    return events("landing-events", queueUrl, "landingEventsQueue")
        + "&concurrentConsumers=2"
        + "&deleteAfterRead=false"
        + "&attributeNames="
        + RECEIVE_COUNT;
  }

  /**
   * Waits for messages of the queue and deletes each once it was taken, unless told otherwise.
   * After a failure it asks again every ten seconds (100 times the delay). The name is only for
   * logs: with a URL Camel asks SQS for nothing at its start, and so starts without it.
   *
   * @param handler the bean that is told how it fares
   */
  private static String events(String name, URI queueUrl, String handler) {
    return "aws2-sqs:%s?queueUrl=RAW(%s)&maxMessagesPerPoll=10&greedy=true&waitTimeSeconds=%d&delay=100&backoffErrorThreshold=1&backoffMultiplier=100&pollStrategy=#%4$s&exceptionHandler=#%4$s"
        .formatted(name, queueUrl, AwsClients.SQS_WAIT.toSeconds(), handler);
  }

  /** Sends the body to the queue, with the headers that are not Camel's as its attributes. */
  static String deadLetters(URI queueUrl) {
    return "aws2-sqs:dead-letters?queueUrl=RAW(" + queueUrl + ")";
  }

  /**
   * Time passes, beginning at once. Camel's timer component waits by the system's clock, and a
   * clock that is set back by an hour would stop it for an hour; its scheduler does not.
   */
  static String everyUri(String name, Duration pause) {
    return "scheduler:%s?initialDelay=0&delay=%d".formatted(name, pause.toMillis());
  }

  /** Says which object of the run's curated bucket is meant. */
  static void address(Exchange exchange, RunPaths paths, String key) {
    address(exchange, paths.settings().bucket(), key);
  }

  /** Says which object is meant. */
  static void address(Exchange exchange, String bucket, String key) {
    exchange.getMessage().setHeader(AWS2S3Constants.OVERRIDE_BUCKET_NAME, bucket);
    exchange.getMessage().setHeader(AWS2S3Constants.KEY, key);
  }

  /**
   * A consumer looks this often, in milliseconds, whether it is to stop; at a shutdown they wait
   * for it one after another.
   */
  private static final int QUICK = 100;

  /** Room for one action of each run that is open. */
  private static final int ALL_RUNS = 100_000;

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

  /** Hands over to a bounded pool, and waits while it is full. */
  final EndpointProducerBuilder toPool(String name) {
    return seda(name).advanced().blockWhenFull(true);
  }

  /** A bounded pool: so many threads take one exchange after another. */
  final EndpointConsumerBuilder pool(String name, int threads) {
    return seda(name).concurrentConsumers(threads).advanced().pollTimeout(QUICK);
  }

  /** Hands an action over to a bounded pool, which has room for one of each run. */
  final EndpointProducerBuilder toActionPool(String name) {
    return seda(name).size(ALL_RUNS);
  }

  /** A bounded pool for actions. */
  final EndpointConsumerBuilder actionPool(String name, int threads) {
    return seda(name).size(ALL_RUNS).concurrentConsumers(threads).advanced().pollTimeout(QUICK);
  }

  /**
   * Time passes, beginning at once. Camel's timer component waits by the system's clock, and a
   * clock that is set back by an hour would stop it for an hour; its scheduler does not.
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

  /** Reads an object of S3, which headers name likewise. */
  final EndpointProducerBuilder getsObject() {
    return notAskedAtStart(aws2S3("any").operation("getObject"));
  }

  /**
   * A file name is an option of consumers; without one a producer asks at its start for a bucket of
   * the endpoint's name, and no route starts while S3 is out of reach.
   */
  private static EndpointProducerBuilder notAskedAtStart(EndpointProducerBuilder s3) {
    s3.doSetProperty("fileName", "none");
    return s3;
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
