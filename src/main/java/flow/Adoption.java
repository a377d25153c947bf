package flow;

import java.util.List;
import run.Attempt;
import run.ListedCluster;

/**
 * Which of the clusters with an attempt's name belongs to the attempt, after a RunJobFlow whose
 * answer is not known.
 *
 * @param cluster the id of the one that is the attempt's: the oldest
 * @param surplus the ids of the younger ones, which must be terminated
 */
public record Adoption(String cluster, List<String> surplus) {

  /**
   * Decides.
   *
   * @param found the clusters with the attempt's name, oldest first, at least one
   */
  static Adoption of(Attempt attempt, List<ListedCluster> found) {
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot adopt a cluster of the name '%s': there is none"
              .formatted(attempt.clusterName()));
    }
    return new Adoption(found.get(0).id(), found.stream().skip(1).map(ListedCluster::id).toList());
  }
}
