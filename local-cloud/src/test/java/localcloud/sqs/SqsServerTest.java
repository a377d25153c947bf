package localcloud.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** The stand-in, judged by the SDK's client. */
class SqsServerTest {
  private final SqsServer server = new SqsServer(0);
  private SqsClient sqs;

  @BeforeEach
  void start() throws IOException {
    server.start();
    sqs =
        SqsClient.builder()
            .endpointOverride(server.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
  }

  @AfterEach
  void stop() throws IOException {
    sqs.close();
    server.close();
  }

  @Test
  void a_message_is_received_and_gone_once_it_is_deleted() {
    URI queue = server.createQueue("events");
    server.send(queue, "{\"with\": \"<quotes> & é\"}");

    List<Message> messages = receive(queue, 0);
    assertThat(messages).extracting(Message::body).containsExactly("{\"with\": \"<quotes> & é\"}");
    sqs.changeMessageVisibility(
        request ->
            request
                .queueUrl(queue.toString())
                .receiptHandle(messages.get(0).receiptHandle())
                .visibilityTimeout(0));
    List<Message> again = receive(queue, 0);
    assertThat(again).hasSize(1);
    sqs.deleteMessage(
        request -> request.queueUrl(queue.toString()).receiptHandle(again.get(0).receiptHandle()));

    assertThat(receive(queue, 0)).isEmpty();
  }

  @Test
  void a_queue_is_made_once_and_any_other_does_not_exist() {
    URI queue = server.createQueue("events");

    assertThat(queue).hasPath("/000000000000/events").hasHost("127.0.0.1");
    assertThat(server.createQueue("events")).isEqualTo(queue);
    assertThat(sqs.getQueueUrl(request -> request.queueName("events")).queueUrl())
        .isEqualTo(queue.toString());
    assertThatThrownBy(() -> receive(URI.create(queue + "-of-nobody"), 0))
        .isInstanceOf(QueueDoesNotExistException.class);
  }

  @Test
  @Timeout(30)
  void who_waits_for_a_message_gets_it_at_once() throws Exception {
    URI queue = server.createQueue("events");
    CompletableFuture<List<Message>> waiting =
        CompletableFuture.supplyAsync(() -> receive(queue, 20));

    server.send(queue, "hello");

    assertThat(waiting.get(10, TimeUnit.SECONDS))
        .extracting(Message::body)
        .containsExactly("hello");
  }

  @Test
  void it_ends_at_once_even_if_a_client_waits_for_a_message() throws Exception {
    URI queue = server.createQueue("events");
    CompletableFuture<List<Message>> waiting =
        CompletableFuture.supplyAsync(() -> receive(queue, 20));
    assertThat(waiting).isNotDone();
    long start = System.nanoTime();

    server.close();

    assertThat(waiting).failsWithin(Duration.ofSeconds(10));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void a_port_that_is_taken_is_a_failure_of_the_start() {
    try (SqsServer second = new SqsServer(server.endpoint().getPort())) {
      assertThatThrownBy(second::start)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Cannot start SQS: ")
          .hasMessageContaining("Address already in use");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<Message> receive(URI queue, int waitSeconds) {
    return sqs.receiveMessage(
            request -> request.queueUrl(queue.toString()).waitTimeSeconds(waitSeconds))
        .messages();
  }
}
