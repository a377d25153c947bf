package api;

import flow.Work;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;

/** The clusters of this installation that belong to no open attempt. */
@Path("/api/strays")
public class StraysResource {

  private final Work work;

  StraysResource(Work work) {
    this.work = work;
  }

  /** Those that the sweeper last saw, and what it does about each. */
  @GET
  public List<StrayView> all() {
    return work.strays().stream().map(StrayView::of).toList();
  }
}
