package web;

import api.AuditResource;
import api.RunDetailView;
import api.RunOperation;
import api.RunsResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import store.AuditLog.Kind;

/**
 * A run: its way, why it failed and what to do, where the time went, and all that is known of it.
 */
@ApplicationScoped
class RunPage {

  private final RunsResource runs;
  private final AuditResource audit;
  private final Clock clock;

  RunPage(RunsResource runs, AuditResource audit, Clock clock) {
    this.runs = runs;
    this.audit = audit;
    this.clock = clock;
  }

  Page now(String id) {
    RunDetailView view = runs.one(id);
    List<Operation> operations =
        view.operations().stream()
            .flatMap(verb -> RunOperation.of(verb).stream())
            .map(
                operation ->
                    new Operation(
                        operation.verb(),
                        "/runs/%s/%s".formatted(id, operation.verb()),
                        operation.isRisky()))
            .toList();
    List<Piece> pieces =
        Stream.of(
                Piece.of("head", RunTemplates.head(view, operations)),
                Piece.of("way", RunTemplates.way(Station.of(view))),
                Piece.of("failure", RunTemplates.failure(view, operations)),
                Piece.of(
                    "phases", RunTemplates.phases(PhaseBar.of(view.phases(), clock.instant()))),
                Piece.of("table", RunTemplates.table(view)),
                Piece.of("findings", RunTemplates.findings(view)),
                Piece.of("figures", RunTemplates.facts(view)),
                Piece.of("attempts", RunTemplates.attempts(view)),
                Piece.of("statements", RunTemplates.statements(view)),
                Piece.of("objects", RunTemplates.objects(view)),
                Piece.of("audit", RunTemplates.audit(audit.of(Kind.RUN, id))))
            .toList();
    return new Page("Run " + id, Page.Section.RUNS, "/runs/" + id, pieces);
  }
}
