package localcloud.emr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import localcloud.awsjson.AwsError;
import software.amazon.awssdk.services.emr.model.AddTagsRequest;
import software.amazon.awssdk.services.emr.model.AddTagsResponse;
import software.amazon.awssdk.services.emr.model.CancelStepsInfo;
import software.amazon.awssdk.services.emr.model.CancelStepsRequest;
import software.amazon.awssdk.services.emr.model.CancelStepsRequestStatus;
import software.amazon.awssdk.services.emr.model.CancelStepsResponse;
import software.amazon.awssdk.services.emr.model.ModifyClusterRequest;
import software.amazon.awssdk.services.emr.model.ModifyClusterResponse;
import software.amazon.awssdk.services.emr.model.RemoveTagsRequest;
import software.amazon.awssdk.services.emr.model.RemoveTagsResponse;
import software.amazon.awssdk.services.emr.model.StepCancellationOption;
import software.amazon.awssdk.services.emr.model.Tag;

/**
 * The operations that change a live cluster, except adding steps and ending it.
 *
 * @see <a href="https://docs.aws.amazon.com/emr/latest/APIReference/API_AddTags.html">AddTags</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_ModifyCluster.html">ModifyCluster</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-cancel-steps.html">Cancel
 *     steps</a>
 */
final class ClusterChanges {
  private static final int MAX_KEY_LENGTH = 128;
  private static final int MAX_VALUE_LENGTH = 256;

  private final Account account;

  ClusterChanges(Account account) {
    this.account = account;
  }

  /** A tag with an existing key gets the new value. */
  AddTagsResponse addTags(AddTagsRequest request) {
    request.tags().forEach(ClusterChanges::check);
    Set<String> keys = request.tags().stream().map(Tag::key).collect(Collectors.toSet());
    return account.with(
        request.resourceId(),
        unknownResource(request.resourceId()),
        cluster -> {
          List<Tag> tags = without(keys, cluster);
          tags.addAll(request.tags());
          cluster.setTags(tags);
          return AddTagsResponse.builder().build();
        });
  }

  RemoveTagsResponse removeTags(RemoveTagsRequest request) {
    return account.with(
        request.resourceId(),
        unknownResource(request.resourceId()),
        cluster -> {
          cluster.setTags(without(Set.copyOf(request.tagKeys()), cluster));
          return RemoveTagsResponse.builder().build();
        });
  }

  private static void check(Tag tag) {
    String key = Objects.requireNonNullElse(tag.key(), "");
    String value = Objects.requireNonNullElse(tag.value(), "");
    if (key.isEmpty() || key.length() > MAX_KEY_LENGTH || value.length() > MAX_VALUE_LENGTH) {
      throw AwsError.invalidRequest(
          "InvalidTag",
          "The tag '%s' is not valid: its key has 1 to 128 characters, its value 256 at most."
              .formatted(key));
    }
  }

  private static List<Tag> without(Set<String> keys, EmrCluster cluster) {
    return cluster.tags().stream()
        .filter(tag -> !keys.contains(tag.key()))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  ModifyClusterResponse modify(ModifyClusterRequest request) {
    Optional<Integer> level = Optional.ofNullable(request.stepConcurrencyLevel());
    level.ifPresent(RequestChecks::checkConcurrency);
    return account.with(
        request.clusterId(),
        EmrApi.notValid(request.clusterId()),
        cluster -> {
          if (!cluster.isOpen()) {
            throw AwsError.invalidRequest(
                "ClusterNotModifiable",
                "Cluster '%s' is shutting down or has ended and may not be modified."
                    .formatted(cluster.id()));
          }
          level.ifPresent(cluster::setStepConcurrency);
          return ModifyClusterResponse.builder()
              .stepConcurrencyLevel(cluster.stepConcurrency())
              .build();
        });
  }

  /** Cancels the steps that have not ended; the others are reported as FAILED requests. */
  CancelStepsResponse cancelSteps(CancelStepsRequest request) {
    StepCancellationOption how =
        Objects.requireNonNullElse(
            request.stepCancellationOption(), StepCancellationOption.SEND_INTERRUPT);
    RequestChecks.checkFilter(
        "stepCancellationOption", List.of(how.toString()), StepCancellationOption.knownValues());
    return account.with(
        request.clusterId(),
        EmrApi.notValid(request.clusterId()),
        cluster -> {
          Map<String, EmrStep> steps =
              cluster.steps().stream().collect(Collectors.toMap(EmrStep::id, Function.identity()));
          request.stepIds().stream()
              .filter(id -> !steps.containsKey(id))
              .findFirst()
              .ifPresent(
                  id -> {
                    throw EmrApi.unknownStep(id);
                  });
          return CancelStepsResponse.builder()
              .cancelStepsInfoList(
                  request.stepIds().stream().map(id -> cancel(steps.get(id), how)).toList())
              .build();
        });
  }

  private CancelStepsInfo cancel(EmrStep step, StepCancellationOption how) {
    CancelStepsInfo.Builder info = CancelStepsInfo.builder().stepId(step.id());
    if (!step.isActive()) {
      return info.status(CancelStepsRequestStatus.FAILED)
          .reason("The step is " + step.state() + " and cannot be cancelled.")
          .build();
    }
    step.cancel(account.now(), how);
    return info.status(CancelStepsRequestStatus.SUBMITTED).reason("").build();
  }

  private static AwsError unknownResource(String id) {
    return AwsError.invalidRequest("NoSuchCluster", "Resource id '" + id + "' is not valid.");
  }
}
