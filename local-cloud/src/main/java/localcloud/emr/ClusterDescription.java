package localcloud.emr;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.ClusterSummary;
import software.amazon.awssdk.services.emr.model.Command;
import software.amazon.awssdk.services.emr.model.Ec2InstanceAttributes;
import software.amazon.awssdk.services.emr.model.InstanceCollectionType;
import software.amazon.awssdk.services.emr.model.JobFlowInstancesConfig;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;

/**
 * The answer of DescribeCluster and ListClusters for a cluster: its request, returned, and its
 * status.
 *
 * <p>VisibleToAllUsers is true whatever was requested, and Tags is present even if there are none.
 *
 * @see <a href="https://docs.aws.amazon.com/emr/latest/APIReference/API_Cluster.html">Cluster</a>
 */
final class ClusterDescription {
  private static final String ARN = "arn:aws:elasticmapreduce:us-east-1:000000000000:cluster/";
  private static final String AVAILABILITY_ZONE = "us-east-1a";

  private ClusterDescription() {}

  static String arn(EmrCluster cluster) {
    return ARN + cluster.id();
  }

  static ClusterSummary summary(EmrCluster cluster, Instant now) {
    return ClusterSummary.builder()
        .id(cluster.id())
        .name(cluster.request().name())
        .clusterArn(arn(cluster))
        .normalizedInstanceHours(normalizedInstanceHours(cluster, now))
        .status(cluster.status())
        .build();
  }

  static Cluster full(EmrCluster cluster, Instant now) {
    RunJobFlowRequest request = cluster.request();
    return Cluster.builder()
        .id(cluster.id())
        .name(request.name())
        .clusterArn(arn(cluster))
        .status(cluster.status())
        .ec2InstanceAttributes(ec2(request))
        .instanceCollectionType(
            request.instances().instanceFleets().isEmpty()
                ? InstanceCollectionType.INSTANCE_GROUP
                : InstanceCollectionType.INSTANCE_FLEET)
        .logUri(request.logUri())
        .logEncryptionKmsKeyId(request.logEncryptionKmsKeyId())
        .releaseLabel(request.releaseLabel())
        .autoTerminate(cluster.isTransient())
        .terminationProtected(cluster.isTerminationProtected())
        .unhealthyNodeReplacement(request.instances().unhealthyNodeReplacement())
        .visibleToAllUsers(true)
        .applications(request.applications())
        .tags(cluster.tags())
        .serviceRole(request.serviceRole())
        .normalizedInstanceHours(normalizedInstanceHours(cluster, now))
        .masterPublicDnsName(cluster.ready().map(t -> ClusterInstances.PRIMARY_DNS).orElse(null))
        .configurations(request.configurations())
        .securityConfiguration(request.securityConfiguration())
        .autoScalingRole(request.autoScalingRole())
        .scaleDownBehavior(request.scaleDownBehaviorAsString())
        .customAmiId(request.customAmiId())
        .ebsRootVolumeSize(request.ebsRootVolumeSize())
        .ebsRootVolumeIops(request.ebsRootVolumeIops())
        .ebsRootVolumeThroughput(request.ebsRootVolumeThroughput())
        .repoUpgradeOnBoot(request.repoUpgradeOnBootAsString())
        .kerberosAttributes(request.kerberosAttributes())
        .stepConcurrencyLevel(cluster.stepConcurrency())
        .placementGroups(request.placementGroupConfigs())
        .osReleaseLabel(request.osReleaseLabel())
        .extendedSupport(request.extendedSupport())
        .monitoringConfiguration(request.monitoringConfiguration())
        .build();
  }

  static List<Command> bootstrapActions(EmrCluster cluster) {
    return cluster.request().bootstrapActions().stream()
        .map(
            action ->
                Command.builder()
                    .name(action.name())
                    .scriptPath(action.scriptBootstrapAction().path())
                    .args(List.copyOf(action.scriptBootstrapAction().args()))
                    .build())
        .toList();
  }

  private static Ec2InstanceAttributes ec2(RunJobFlowRequest request) {
    JobFlowInstancesConfig instances = request.instances();
    List<String> subnets = instances.ec2SubnetIds();
    String chosen = subnets.isEmpty() ? instances.ec2SubnetId() : subnets.get(0);
    return Ec2InstanceAttributes.builder()
        .ec2KeyName(instances.ec2KeyName())
        .ec2SubnetId(chosen)
        .requestedEc2SubnetIds(subnets)
        .ec2AvailabilityZone(AVAILABILITY_ZONE)
        .iamInstanceProfile(request.jobFlowRole())
        .emrManagedMasterSecurityGroup(instances.emrManagedMasterSecurityGroup())
        .emrManagedSlaveSecurityGroup(instances.emrManagedSlaveSecurityGroup())
        .serviceAccessSecurityGroup(instances.serviceAccessSecurityGroup())
        .additionalMasterSecurityGroups(instances.additionalMasterSecurityGroups())
        .additionalSlaveSecurityGroups(instances.additionalSlaveSecurityGroups())
        .build();
  }

  /**
   * Counted from the time when the cluster is ready, in started hours, each weighted by the
   * instance's size.
   */
  private static int normalizedInstanceHours(EmrCluster cluster, Instant now) {
    return cluster
        .ready()
        .map(
            ready -> {
              Duration up = Duration.between(ready, cluster.ended().orElse(now));
              int hours = (int) up.toHours() + 1;
              return hours * ClusterInstances.normalizedWeight(cluster);
            })
        .orElse(0);
  }
}
