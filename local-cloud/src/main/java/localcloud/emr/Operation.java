package localcloud.emr;

import java.util.Arrays;
import java.util.Optional;
import localcloud.awsjson.AwsJson;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.emr.model.AddJobFlowStepsRequest;
import software.amazon.awssdk.services.emr.model.AddTagsRequest;
import software.amazon.awssdk.services.emr.model.CancelStepsRequest;
import software.amazon.awssdk.services.emr.model.DescribeClusterRequest;
import software.amazon.awssdk.services.emr.model.DescribeStepRequest;
import software.amazon.awssdk.services.emr.model.EmrRequest;
import software.amazon.awssdk.services.emr.model.ListBootstrapActionsRequest;
import software.amazon.awssdk.services.emr.model.ListClustersRequest;
import software.amazon.awssdk.services.emr.model.ListInstanceFleetsRequest;
import software.amazon.awssdk.services.emr.model.ListInstanceGroupsRequest;
import software.amazon.awssdk.services.emr.model.ListInstancesRequest;
import software.amazon.awssdk.services.emr.model.ListStepsRequest;
import software.amazon.awssdk.services.emr.model.ModifyClusterRequest;
import software.amazon.awssdk.services.emr.model.PutAutoTerminationPolicyRequest;
import software.amazon.awssdk.services.emr.model.RemoveTagsRequest;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.SetTerminationProtectionRequest;
import software.amazon.awssdk.services.emr.model.TerminateJobFlowsRequest;

/**
 * The calls that the stand-in answers.
 *
 * @see <a href="https://docs.aws.amazon.com/emr/latest/APIReference/API_Operations.html">EMR API
 *     reference: Actions</a>
 */
enum Operation {
  RUN_JOB_FLOW("RunJobFlow"),
  DESCRIBE_CLUSTER("DescribeCluster"),
  LIST_CLUSTERS("ListClusters"),
  ADD_JOB_FLOW_STEPS("AddJobFlowSteps"),
  LIST_STEPS("ListSteps"),
  DESCRIBE_STEP("DescribeStep"),
  TERMINATE_JOB_FLOWS("TerminateJobFlows"),
  SET_TERMINATION_PROTECTION("SetTerminationProtection"),
  PUT_AUTO_TERMINATION_POLICY("PutAutoTerminationPolicy"),
  LIST_INSTANCES("ListInstances"),
  ADD_TAGS("AddTags"),
  REMOVE_TAGS("RemoveTags"),
  MODIFY_CLUSTER("ModifyCluster"),
  CANCEL_STEPS("CancelSteps"),
  LIST_INSTANCE_GROUPS("ListInstanceGroups"),
  LIST_INSTANCE_FLEETS("ListInstanceFleets"),
  LIST_BOOTSTRAP_ACTIONS("ListBootstrapActions");

  private final String wireName;

  Operation(String wireName) {
    this.wireName = wireName;
  }

  static Optional<Operation> named(String wireName) {
    return Arrays.stream(values()).filter(o -> o.wireName.equals(wireName)).findFirst();
  }

  EmrRequest read(byte[] body) {
    return AwsJson.read(body, emptyRequest(), EmrRequest.class);
  }

  private SdkPojo emptyRequest() {
    return switch (this) {
      case RUN_JOB_FLOW -> RunJobFlowRequest.builder();
      case DESCRIBE_CLUSTER -> DescribeClusterRequest.builder();
      case LIST_CLUSTERS -> ListClustersRequest.builder();
      case ADD_JOB_FLOW_STEPS -> AddJobFlowStepsRequest.builder();
      case LIST_STEPS -> ListStepsRequest.builder();
      case DESCRIBE_STEP -> DescribeStepRequest.builder();
      case TERMINATE_JOB_FLOWS -> TerminateJobFlowsRequest.builder();
      case SET_TERMINATION_PROTECTION -> SetTerminationProtectionRequest.builder();
      case PUT_AUTO_TERMINATION_POLICY -> PutAutoTerminationPolicyRequest.builder();
      case LIST_INSTANCES -> ListInstancesRequest.builder();
      case ADD_TAGS -> AddTagsRequest.builder();
      case REMOVE_TAGS -> RemoveTagsRequest.builder();
      case MODIFY_CLUSTER -> ModifyClusterRequest.builder();
      case CANCEL_STEPS -> CancelStepsRequest.builder();
      case LIST_INSTANCE_GROUPS -> ListInstanceGroupsRequest.builder();
      case LIST_INSTANCE_FLEETS -> ListInstanceFleetsRequest.builder();
      case LIST_BOOTSTRAP_ACTIONS -> ListBootstrapActionsRequest.builder();
    };
  }
}
