package web;

import api.AuditResource;
import api.AuditView;
import api.RunDetailView;
import api.RunOperation;
import api.RunsResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import store.AuditLog.Kind;

/**
 * A run: why it failed and what to do, its way, where the time went, and all that is known of it.
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
    List<AuditView> entries = audit.of(Kind.RUN, id);
    List<Piece> pieces =
        Stream.of(
                Piece.of("head", RunTemplates.head(view, RunHead.of(view, entries), operations)),
                Piece.of("failure", RunTemplates.failure(FailureCard.of(view, operations))),
                Piece.of("way", RunTemplates.way(Station.of(view))),
                Piece.of(
                    "phases", RunTemplates.phases(PhaseChart.of(view.phases(), clock.instant()))),
                Piece.of("table", RunTemplates.table(view)),
                Piece.of("findings", RunTemplates.findings(view)),
                Piece.of("figures", RunTemplates.figures(view)),
                Piece.of("statements", RunTemplates.statements(view)),
                Piece.of("objects", RunTemplates.objects(view)),
                Piece.of("audit", RunTemplates.audit(entries)))
            .toList();
    return new Page("Run " + id, Page.Section.RUNS, "/runs/" + id, pieces);
  }
}
