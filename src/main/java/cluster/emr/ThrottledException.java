package cluster.emr;

import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * EMR was asked too often; nothing was done. It is nobody's failure: the same call is made again
 * later, and everything is slower meanwhile.
 */
public final class ThrottledException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ThrottledException(AwsServiceException cause) {
    super("EMR is asked too often: " + cause.getMessage(), cause);
  }
}
