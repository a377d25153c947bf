package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import security.CurrentCaller;

/** Who asks. */
@Path("/api/caller")
@RegisterForReflection
public class CallerResource {

  private final CurrentCaller caller;

  CallerResource(CurrentCaller caller) {
    this.caller = caller;
  }

  /**
   * Who sent this request, and what they may do. 401 if their sign-in is not, or no longer, good.
   */
  @GET
  public CallerView caller() {
    return CallerView.of(caller.get());
  }
}
