package cluster.emr;

import aws.ApiCalls;
import aws.AwsSettings;
import aws.RealClients;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.emr.EmrClient;
import testing.CannedEmr;

/**
 * The service's own gateway, SDK client and half of EMR's quotas, over an EMR that gives canned
 * answers: for tests of what asks EMR.
 */
public final class CannedGateway implements AutoCloseable {

  private final CannedEmr server = new CannedEmr();
  private final AwsSettings settings =
      RealClients.settings(server.endpoint(), Duration.ofSeconds(30));
  private final EmrClient client =
      RealClients.emr(server.endpoint(), settings.callTimeout(), new ApiCalls());
  private final EmrQuotas quotas;
  private final EmrGateway gateway;

  /**
   * @param clock by which the quotas refill
   */
  public CannedGateway(Clock clock) {
    quotas = new EmrQuotas(settings, clock);
    gateway = new EmrGateway(client, quotas, settings);
  }

  /** The service's gateway alone, over a client of the test's choice. */
  public static EmrGateway over(EmrClient client, EmrQuotas quotas, AwsSettings settings) {
    return new EmrGateway(client, quotas, settings);
  }

  /** The next answers to that operation; the last one stays. */
  public CannedGateway on(String operation, CannedEmr.Answer... next) {
    server.on(operation, next);
    return this;
  }

  /** The bodies of the requests for that operation. */
  public List<String> requests(String operation) {
    return server.requests(operation);
  }

  /** What the service calls. */
  public EmrGateway gateway() {
    return gateway;
  }

  /** The quotas that its callers take their tokens from. */
  public EmrQuotas quotas() {
    return quotas;
  }

  /** The settings that lead there. */
  public AwsSettings settings() {
    return settings;
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
