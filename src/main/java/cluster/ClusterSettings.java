package cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pipeline's clusters are like.
 *
 * @param releaseLabel EMR's release, for instance {@code emr-7.13.0}
 * @param primaryType instance type of the primary node
 * @param coreType instance type of the core nodes
 * @param coreCount core nodes; zero makes a cluster of one node
 * @param serviceRole EMR's service role
 * @param instanceProfile the EC2 instance profile of the nodes
 * @param subnet where the nodes are; absent: EMR chooses
 * @param securityConfiguration EMR's security configuration
 * @param logUri where EMR puts the logs
 * @param stepDeadline after which a step is ended
 * @param maxAge after which the whole attempt is ended
 * @param sparkConf properties for spark-submit
 * @param tags tags of the cluster, beside our own
 */
public record ClusterSettings(
    String releaseLabel,
    String primaryType,
    String coreType,
    int coreCount,
    String serviceRole,
    String instanceProfile,
    Optional<String> subnet,
    Optional<String> securityConfiguration,
    String logUri,
    Duration stepDeadline,
    Duration maxAge,
    Map<String, String> sparkConf,
    List<Tag> tags) {

  /**
   * A cluster's tag.
   *
   * @param key its name
   * @param value its value
   */
  public record Tag(String key, String value) {}
}
