package cluster.request;

import java.util.ArrayList;
import java.util.List;
import run.Attempt;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.Tag;

/** Builds the one RunJobFlow request of an attempt; a pure function of its inputs. */
public final class ClusterRequest {

  /** The prefix of the tags that say whose a cluster is; users may not set them. */
  static final String OUR_TAGS = "transient-pipelines:";

  /** The tag that says which installation a cluster belongs to. */
  public static final String INSTALLATION_TAG = OUR_TAGS + "installation";

  /** The tag that says which run store knows a cluster's attempt. */
  public static final String STORE_TAG = OUR_TAGS + "store";

  private ClusterRequest() {}

  /**
   * The cluster's name: it contains installation, pipeline, run and attempt, and is deterministic.
   */
  public static String name(String installation, String pipeline, run.RunId run, int attempt) {
    return "%s %s %s attempt-%d".formatted(installation, pipeline, run, attempt);
  }

  /**
   * The request: the rung's template and the service's own members. Whatever happens to this
   * service, such a cluster ends by itself: it does not stay when its steps are done, a failing
   * step terminates it, and {@code timeout} ends a step that hangs.
   */
  public static RunJobFlowRequest of(
      Attempt attempt,
      Owner owner,
      String pipeline,
      ClusterSettings settings,
      List<ClusterStep> steps) {
    RunJobFlowRequest template = settings.template(attempt.intent().rung()).request();
    return template.toBuilder()
        .name(attempt.clusterName())
        .instances(
            template.instances().toBuilder()
                .keepJobFlowAliveWhenNoSteps(false)
                .terminationProtected(false)
                .build())
        .steps(steps.stream().map(step -> step.request(settings)).toList())
        .tags(tags(attempt, owner, pipeline, template.tags()))
        .build();
  }

  private static List<Tag> tags(Attempt attempt, Owner owner, String pipeline, List<Tag> users) {
    List<Tag> tags = new ArrayList<>();
    tags.add(tag(INSTALLATION_TAG, owner.installation()));
    tags.add(tag(STORE_TAG, owner.store()));
    tags.add(tag(OUR_TAGS + "pipeline", pipeline));
    tags.add(tag(OUR_TAGS + "run", attempt.run().value()));
    tags.addAll(users);
    return tags;
  }

  static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
