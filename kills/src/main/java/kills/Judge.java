package kills;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import localcloud.Cloud;
import localcloud.snowflake.Sql;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.ClusterSummary;
import software.amazon.awssdk.services.emr.model.StepState;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Judges at the end, from what is there and not from what the service believes. */
final class Judge {

  private static final Set<ClusterState> GONE =
      Set.of(ClusterState.TERMINATED, ClusterState.TERMINATED_WITH_ERRORS);

  /** Snowflake's code for an object that does not exist. */
  private static final int DOES_NOT_EXIST = 2003;

  private final Cloud cloud;
  private final List<String> findings = new ArrayList<>();

  Judge(Cloud cloud) {
    this.cloud = cloud;
  }

  /**
   * Judges.
   *
   * @param lanes with everything that was landed
   * @param runs what the service said of its runs
   */
  Judgement judge(List<Lane> lanes, JsonNode runs) throws SQLException {
    int lost = 0;
    int doubled = 0;
    for (Lane lane : lanes) {
      Map<String, List<Long>> rows = rows(lane);
      Map<String, Integer> manifests = manifests(lane);
      for (Landed landed : lane.landed()) {
        List<Long> counts = rows.getOrDefault(landed.className(), List.of());
        long sum = counts.stream().mapToLong(Long::longValue).sum();
        int named = manifests.getOrDefault(landed.key(), 0);
        if (sum < landed.rows() || named == 0) {
          lost++;
          found(lane, landed, counts, named);
        } else if (counts.size() > 1 || sum > landed.rows() || named > 1) {
          doubled++;
          found(lane, landed, counts, named);
        }
      }
    }
    int notSucceeded = notSucceeded(lanes, runs);
    List<ClusterSummary> clusters = clusters();
    return new Judgement(lost, doubled, second(clusters), leaked(clusters), notSucceeded, findings);
  }

  private void found(Lane lane, Landed landed, List<Long> counts, int manifests) {
    findings.add(
        "s3://%s/%s has %d rows; %s has %s of them, and %d manifests name it"
            .formatted(
                lane.landingBucket(),
                landed.key(),
                landed.rows(),
                lane.table(),
                counts.isEmpty() ? "none" : counts,
                manifests));
  }

  /** The lane's table: each of its rows counts the rows of one class in one run. */
  private Map<String, List<Long>> rows(Lane lane) throws SQLException {
    Map<String, List<Long>> rows = new HashMap<>();
    try {
      for (List<String> row :
          Sql.rows(cloud.signedIn(), "SELECT CLASS_NAME, FLOWERS FROM " + lane.table())) {
        rows.computeIfAbsent(row.get(0), any -> new ArrayList<>()).add(Long.valueOf(row.get(1)));
      }
    } catch (SQLException e) {
      if (e.getErrorCode() != DOES_NOT_EXIST) {
        throw e;
      }
    }
    return rows;
  }

  /** How many manifests name each object of the lane. */
  private Map<String, Integer> manifests(Lane lane) {
    Map<String, Integer> manifests = new HashMap<>();
    String prefix = "s3://" + lane.landingBucket() + "/";
    try (S3Client s3 = cloud.s3Client()) {
      s3
          .listObjectsV2Paginator(request -> request.bucket(lane.curatedBucket()).prefix("_work/"))
          .contents()
          .stream()
          .filter(object -> object.key().endsWith("/manifest.json"))
          .map(
              object ->
                  s3.getObjectAsBytes(
                          request -> request.bucket(lane.curatedBucket()).key(object.key()))
                      .asByteArray())
          .flatMap(Judge::objects)
          .forEach(uri -> manifests.merge(uri.substring(prefix.length()), 1, Integer::sum));
    }
    return manifests;
  }

  private static Stream<String> objects(byte[] manifest) {
    return JsonMapper.shared()
        .readTree(manifest)
        .path("objects")
        .valueStream()
        .map(object -> object.path("uri").asString());
  }

  private int notSucceeded(List<Lane> lanes, JsonNode runs) {
    int bad = 0;
    Map<String, Integer> counts = new HashMap<>();
    for (JsonNode run : runs) {
      counts.merge(run.path("pipeline").asString(), 1, Integer::sum);
      if (!run.path("state").asString().equals("SUCCEEDED")) {
        bad++;
        findings.add(
            "the service says that run %s of %s is %s: %s"
                .formatted(
                    run.path("id").asString(),
                    run.path("pipeline").asString(),
                    run.path("state").asString(),
                    run.path("message").asString(run.path("trouble").asString(""))));
      }
    }
    for (Lane lane : lanes) {
      int count = counts.getOrDefault(lane.name(), 0);
      if (count != lane.landed().size()) {
        bad += Math.abs(count - lane.landed().size());
        findings.add(
            "the service has %d runs of %s, for %d objects"
                .formatted(count, lane.name(), lane.landed().size()));
      }
    }
    return bad;
  }

  private List<ClusterSummary> clusters() {
    try (EmrClient emr = cloud.emrClient()) {
      return emr.listClustersPaginator(request -> {}).clusters().stream().toList();
    }
  }

  private int leaked(List<ClusterSummary> clusters) {
    int leaked = 0;
    for (ClusterSummary cluster : clusters) {
      if (!GONE.contains(cluster.status().state())) {
        leaked++;
        findings.add(
            "cluster %s '%s' is %s"
                .formatted(cluster.id(), cluster.name(), cluster.status().stateAsString()));
      }
    }
    return leaked;
  }

  /**
   * A younger cluster that was terminated before it did its work is no harm. All attempts of a run
   * are taken together: no kill is a reason for another attempt.
   */
  private int second(List<ClusterSummary> clusters) {
    Map<String, List<ClusterSummary>> survivors = new HashMap<>();
    try (EmrClient emr = cloud.emrClient()) {
      for (ClusterSummary cluster : clusters) {
        if (!GONE.contains(cluster.status().state()) || ranToTheEnd(emr, cluster)) {
          survivors.computeIfAbsent(runOf(cluster.name()), any -> new ArrayList<>()).add(cluster);
        }
      }
    }
    int second = 0;
    for (Map.Entry<String, List<ClusterSummary>> run : survivors.entrySet()) {
      if (run.getValue().size() > 1) {
        second += run.getValue().size() - 1;
        findings.add(
            "'%s' has the clusters %s"
                .formatted(
                    run.getKey(),
                    run.getValue().stream()
                        .map(cluster -> cluster.id() + " " + cluster.status().stateAsString())
                        .toList()));
      }
    }
    return second;
  }

  private static boolean ranToTheEnd(EmrClient emr, ClusterSummary cluster) {
    List<StepState> steps =
        emr.listStepsPaginator(request -> request.clusterId(cluster.id())).steps().stream()
            .map(step -> step.status().state())
            .toList();
    return !steps.isEmpty() && steps.stream().allMatch(StepState.COMPLETED::equals);
  }

  private static String runOf(String clusterName) {
    return clusterName.replaceFirst(" attempt-[0-9]+$", "");
  }
}
