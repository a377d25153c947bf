package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestResponse;
import store.AuditLog;
import store.AuditLog.Kind;
import store.AuditLog.Subject;
import store.Page;

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
   * The requests that changed something, or were to, newest first, a page at a time.
   *
   * @param kind only requests about something of this kind; with {@code subject}
   * @param subject only requests about this run, pipeline or backfill; with {@code kind}
   * @param limit the most requests in a page
   * @param cursor where the page before has ended; its {@code Link} has it
   */
  @GET
  public RestResponse<List<AuditView>> newest(
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
          String limit,
      @QueryParam("cursor") String cursor,
      @Context UriInfo request) {
    return Answers.page(page(kind, subject, limit, cursor), request);
  }

  /**
   * The same as a page.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 with all mistakes
   */
  public Page<AuditView> page(String kind, String subject, String limit, String cursor) {
    ParameterReader reader = new ParameterReader();
    Optional<Kind> ofKind = reader.oneOf("kind", kind, Kind.class);
    Optional<String> id = reader.text(subject);
    int most = reader.limit(limit, USUAL);
    Optional<Long> after =
        reader.cursor(cursor, position -> position.matches("[0-9]{1,18}")).map(Long::valueOf);
    if (reader.text(kind).isPresent() != id.isPresent()) {
      reader.refuse("kind and subject go together; write both or neither");
    }
    reader.refuseMistakes();
    return ofKind
        .map(one -> audit.page(new Subject(one, id.orElseThrow()), most, after))
        .orElseGet(() -> audit.page(most, after))
        .map(AuditView::of);
  }

  /** The newest 50 requests about one run, pipeline or backfill, newest first. */
  public List<AuditView> of(Kind kind, String id) {
    return audit
        .page(new Subject(kind, id), MOST_OF_ONE, Optional.empty())
        .map(AuditView::of)
        .items();
  }
}
