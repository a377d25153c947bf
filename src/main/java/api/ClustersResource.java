package api;

import flow.AttemptLinks;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.stream.Stream;
import run.AttemptState;
import run.OpenRun;
import store.RunStore;

/** The clusters that work for runs. */
@Path("/api/clusters")
@RegisterForReflection
public class ClustersResource {

  private final RunStore runs;
  private final AttemptLinks links;

  ClustersResource(RunStore runs, AttemptLinks links) {
    this.runs = runs;
    this.links = links;
  }

  /** The cluster of each attempt that has not ended, oldest run first. */
  @GET
  public List<ClusterView> all() {
    return runs.open().stream().flatMap(this::of).toList();
  }

  private Stream<ClusterView> of(OpenRun open) {
    return open.attempts().stream()
        .filter(attempt -> attempt.state() != AttemptState.ENDED)
        .map(attempt -> ClusterView.of(open.run().pipeline(), attempt, links.clusterPage(attempt)));
  }
}
