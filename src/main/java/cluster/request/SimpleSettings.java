package cluster.request;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The simple properties of every cluster of a pipeline, whatever its machines. Properties that are
 * not set are absent, so that a file can set them instead.
 *
 * @param releaseLabel EMR's release; absent: {@code emr-7.13.0}
 * @param serviceRole EMR's service role; absent: {@code EMR_DefaultRole}
 * @param instanceProfile the nodes' EC2 instance profile; absent: {@code EMR_EC2_DefaultRole}
 * @param securityConfiguration the name of an EMR security configuration; absent: none
 * @param logUri where EMR writes the logs, with a slash at its end
 * @param otherwiseLogUri the default for {@code logUri}
 * @param tags tags of the cluster, beside our own
 */
public record SimpleSettings(
    Optional<String> releaseLabel,
    Optional<String> serviceRole,
    Optional<String> instanceProfile,
    Optional<String> securityConfiguration,
    Optional<String> logUri,
    String otherwiseLogUri,
    Map<String, String> tags) {

  /** The properties that are set, by the member of the request that they stand for. */
  Map<String, String> writtenByMember() {
    Map<String, String> written = new LinkedHashMap<>();
    releaseLabel.ifPresent(label -> written.put("ReleaseLabel", "cluster.release-label"));
    serviceRole.ifPresent(role -> written.put("ServiceRole", "cluster.service-role"));
    instanceProfile.ifPresent(profile -> written.put("JobFlowRole", "cluster.instance-profile"));
    securityConfiguration.ifPresent(
        name -> written.put("SecurityConfiguration", "cluster.security-configuration"));
    logUri.ifPresent(uri -> written.put("LogUri", "cluster.log-uri"));
    return written;
  }
}
