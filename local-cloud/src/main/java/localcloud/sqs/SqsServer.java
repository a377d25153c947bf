package localcloud.sqs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorSystem;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Amazon SQS in memory: ElasticMQ as a library, on loopback, for any credentials or none. A restart
 * begins without queues.
 */
public final class SqsServer implements AutoCloseable {
  private static final long STOP_SECONDS = 10;

  /** It ends only when asked to, not by a hook of its own that waits for clients. */
  private static final Config QUICK_TO_STOP =
      ConfigFactory.parseMap(
          Map.of(
              "pekko.daemonic", true,
              "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", false,
              "pekko.coordinated-shutdown.run-by-actor-system-terminate", false));

  private final int wantedPort;
  private ActorSystem actors;
  private SqsClient client;
  private URI endpoint;

  /**
   * Prepares the server; nothing listens before {@link #start()}.
   *
   * @param port 0 for a free one
   */
  public SqsServer(int port) {
    this.wantedPort = port;
  }

  /**
   * Begins to listen, which takes a second or two.
   *
   * @throws IOException if the port is taken
   */
  public void start() throws IOException {
    actors = ActorSystem.create("sqs", QUICK_TO_STOP.withFallback(ConfigFactory.load()));
    try {
      SQSRestServer server =
          SQSRestServerBuilder.withActorSystem(actors)
              .withInterface("127.0.0.1")
              .withPort(wantedPort)
              .withAWSRegion(Region.US_EAST_1.id())
              .start();
      int port = server.waitUntilStarted().localAddress().getPort();
      endpoint = URI.create("http://127.0.0.1:" + port);
    } catch (Exception e) {
      throw new IOException("Cannot start SQS: " + e.getMessage(), e);
    }
    client =
        SqsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(ApacheHttpClient.create())
            .build();
  }

  /** Its address for clients, once it is started. */
  public URI endpoint() {
    return endpoint;
  }

  /**
   * Creates a standard queue unless it exists.
   *
   * @return its URL
   */
  public URI createQueue(String name) {
    return URI.create(client.createQueue(request -> request.queueName(name)).queueUrl());
  }

  /** Sends a message as any client does. */
  public void send(URI queue, String body) {
    client.sendMessage(request -> request.queueUrl(queue.toString()).messageBody(body));
  }

  /** Ends at once, even if clients wait for messages. */
  @Override
  public void close() throws IOException {
    if (client != null) {
      client.close();
    }
    if (actors == null) {
      return;
    }
    actors.terminate();
    try {
      actors.getWhenTerminated().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("Cannot stop SQS: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
