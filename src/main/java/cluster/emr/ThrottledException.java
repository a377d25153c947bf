package cluster.emr;

import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * EMR throttled a call, which had no effect. It is no failure: the same call is made again later,
 * and all calls are slower meanwhile.
 */
public final class ThrottledException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ThrottledException(AwsServiceException cause) {
    super("EMR throttles calls: " + cause.getMessage(), cause);
  }
}
