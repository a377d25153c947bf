package architecture.planted.cluster;

import software.amazon.awssdk.services.emr.EmrClient;

/** Talks to EMR. */
public final class AGateway {
  EmrClient emr;
}
