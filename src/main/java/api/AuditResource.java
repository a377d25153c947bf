package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import store.AuditLog;
import store.AuditLog.Kind;
import store.AuditLog.Subject;

/** What people asked the service to do. */
@Path("/api/audit")
@RegisterForReflection
public class AuditResource {

  private static final int USUAL = 100;
  private static final int MOST_OF_ONE = 50;

  private final AuditLog audit;

  AuditResource(AuditLog audit) {
    this.audit = audit;
  }

  /**
   * The newest requests that changed something, or were to, newest first.
   *
   * @param kind only requests about something of this kind; with {@code subject}
   * @param subject only requests about this run, pipeline or backfill; with {@code kind}
   * @param limit the most requests
   */
  @GET
  public List<AuditView> newest(
      @Parameter(schema = @Schema(implementation = Kind.class)) @QueryParam("kind") String kind,
      @QueryParam("subject") String subject,
      @Parameter(
              schema =
                  @Schema(
                      type = SchemaType.INTEGER,
                      minimum = "1",
                      maximum = "1000",
                      defaultValue = "100"))
          @QueryParam("limit")
          String limit) {
    ParameterReader reader = new ParameterReader();
    Optional<Kind> ofKind = reader.oneOf("kind", kind, Kind.class);
    Optional<String> id = reader.text(subject);
    int most = reader.limit(limit, USUAL);
    if (reader.text(kind).isPresent() != id.isPresent()) {
      reader.refuse("kind and subject go together; write both or neither");
    }
    reader.refuseMistakes();
    return ofKind.isPresent()
        ? of(new Subject(ofKind.get(), id.orElseThrow()), most)
        : newest(most);
  }

  /** The newest requests, newest first. */
  public List<AuditView> newest(int limit) {
    return audit.newest(limit).stream().map(AuditView::of).toList();
  }

  /** The newest 50 requests about one run, pipeline or backfill, newest first. */
  public List<AuditView> of(Kind kind, String id) {
    return of(new Subject(kind, id), MOST_OF_ONE);
  }

  private List<AuditView> of(Subject subject, int limit) {
    return audit.of(subject, limit).stream().map(AuditView::of).toList();
  }
}
