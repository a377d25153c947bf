package web;

import api.HistoryView;
import api.PipelineBackfillsResource;
import api.PipelineState;
import api.PipelineView;
import api.PipelinesResource;
import api.RunView;
import api.RunsResource;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import flow.Plan;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import store.RunQuery;

/** A pipeline: its history, what waits for it, its backfills, and what it would send. */
@ApplicationScoped
class PipelinePage {

  private static final int CHARTED = 100;
  private static final int LISTED = 20;

  private final PipelinesResource pipelines;
  private final PipelineBackfillsResource backfills;
  private final RunsResource runs;
  private final ObjectMapper json;
  private final Clock clock;

  PipelinePage(
      PipelinesResource pipelines,
      PipelineBackfillsResource backfills,
      RunsResource runs,
      ObjectMapper json,
      Clock clock) {
    this.pipelines = pipelines;
    this.backfills = backfills;
    this.runs = runs;
    this.json = json;
    this.clock = clock;
  }

  Page now(String name) {
    PipelineView view = pipelines.one(name);
    List<Piece> pieces =
        List.of(
            Piece.of("head", head(view)),
            Piece.of("charts", charts(name)),
            Piece.of("facts", PipelineTemplates.facts(view)),
            Piece.of("runs", PipelineTemplates.runs(view, runs.page(newest(name)).items())),
            Piece.of("waiting", PipelineTemplates.waiting(view, pipelines.waiting(name, LISTED))),
            Piece.of("aside", PipelineTemplates.aside(view, pipelines.setAside(name))),
            Piece.of("backfills", PipelineTemplates.backfills(backfills.newest(name))));
    return new Page(name, Page.Section.OVERVIEW, "/pipelines/" + name, pieces);
  }

  /** With the failure of its newest run, unless that was made up for. */
  private TemplateInstance head(PipelineView view) {
    if (view.state() != PipelineState.FAILING) {
      return PipelineTemplates.head(view, List.of(), Optional.empty());
    }
    List<RunView> stuck =
        runs.stuck(LISTED).stream().filter(run -> run.pipeline().equals(view.name())).toList();
    List<RunView> failed = runs.page(failed(view.name())).items();
    return PipelineTemplates.head(
        view, stuck, Needs.of(stuck, failed, List.of(view)).failed().stream().findFirst());
  }

  private TemplateInstance charts(String name) {
    Instant now = clock.instant();
    List<HistoryView> history = pipelines.history(name, CHARTED);
    return PipelineTemplates.charts(
        Chart.of(history, now),
        history.isEmpty() ? now : history.get(0).createdAt(),
        history.isEmpty() ? now : history.get(history.size() - 1).createdAt());
  }

  private static RunQuery failed(String pipeline) {
    return new RunQuery(
        Set.of(),
        Optional.of(pipeline),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Instant.EPOCH),
        Optional.empty(),
        RunQuery.Order.NEWEST_FIRST,
        1,
        Optional.empty());
  }

  private static RunQuery newest(String pipeline) {
    return new RunQuery(
        Set.of(),
        Optional.of(pipeline),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        RunQuery.Order.NEWEST_FIRST,
        LISTED,
        Optional.empty());
  }

  /** What the pipeline would send for a run now. */
  Page plan(String name) {
    Plan plan = pipelines.plan(name);
    PlanText text =
        new PlanText(
            written(plan.runJobFlow()),
            plan.furtherRungs().stream().map(this::written).toList(),
            plan.jobDescription().map(this::written),
            plan.sql(),
            plan.columns());
    return still("Plan of " + name, Piece.of("plan", PipelineTemplates.plan(name, text)));
  }

  /** The properties that are in force for the pipeline. */
  Page configuration(String name) {
    return still(
        "Configuration of " + name,
        Piece.of(
            "configuration",
            PipelineTemplates.configuration(
                name, WrittenConfiguration.of(name, pipelines.configuration(name)))));
  }

  private static Page still(String title, Piece piece) {
    return new Page(title, Page.Section.OVERVIEW, "", List.of(piece));
  }

  private String written(Object value) {
    try {
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the plan as JSON", e);
    }
  }
}
