package api;

import inflight.InFlight;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;

/** The clusters of this installation that belong to no open attempt. */
@Path("/api/orphan-clusters")
@RegisterForReflection
public class OrphanClustersResource {

  private final InFlight inFlight;

  OrphanClustersResource(InFlight inFlight) {
    this.inFlight = inFlight;
  }

  /** The clusters that the sweeper last saw, and what it does about each. */
  @GET
  public List<OrphanClusterView> all() {
    return inFlight.orphans().stream().map(OrphanClusterView::of).toList();
  }
}
