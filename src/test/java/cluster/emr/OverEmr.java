package cluster.emr;

import aws.AwsSettings;
import software.amazon.awssdk.services.emr.EmrClient;

/** The service's gateway, over a client of the test's choice. */
public final class OverEmr {

  private OverEmr() {}

  /** The gateway. */
  public static EmrGateway gateway(EmrClient client, EmrQuotas quotas, AwsSettings settings) {
    return new EmrGateway(client, quotas, settings);
  }
}
