package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import store.AuditLog;

/** What people asked the service to do. */
@Path("/api/audit")
@RegisterForReflection
public class AuditResource {

  private static final int MOST = 1_000;
  private static final int MOST_OF_ONE = 50;

  private final AuditLog audit;

  AuditResource(AuditLog audit) {
    this.audit = audit;
  }

  /** The newest requests, newest first, up to {@code limit}, which is at most 1,000. */
  @GET
  public List<AuditView> newest(@QueryParam("limit") @DefaultValue("100") int limit) {
    return audit.newest(Math.max(1, Math.min(limit, MOST))).stream().map(AuditView::of).toList();
  }

  /** The newest requests about one run, pipeline or backfill, newest first. */
  public List<AuditView> of(AuditLog.Kind kind, String id) {
    return audit.of(new AuditLog.Subject(kind, id), MOST_OF_ONE).stream()
        .map(AuditView::of)
        .toList();
  }
}
