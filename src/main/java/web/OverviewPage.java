package web;

import api.ClusterView;
import api.ClustersResource;
import api.DependenciesResource;
import api.OrphanClustersResource;
import api.PipelineView;
import api.PipelinesResource;
import api.RunView;
import api.RunsResource;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import store.RunQuery;
import web.OverviewTemplates.Figures;

/** The overview: what failed, what runs, and each pipeline in a row. */
@ApplicationScoped
class OverviewPage {

  private static final Duration DAY = Duration.ofDays(1);
  private static final int MOST_FAILURES = 10;

  private final PipelinesResource pipelines;
  private final RunsResource runs;
  private final ClustersResource clusters;
  private final DependenciesResource dependencies;
  private final OrphanClustersResource orphans;
  private final Clock clock;
  private final Map<String, Row> rows = new ConcurrentHashMap<>();

  OverviewPage(
      PipelinesResource pipelines,
      RunsResource runs,
      ClustersResource clusters,
      DependenciesResource dependencies,
      OrphanClustersResource orphans,
      Clock clock) {
    this.pipelines = pipelines;
    this.runs = runs;
    this.clusters = clusters;
    this.dependencies = dependencies;
    this.orphans = orphans;
    this.clock = clock;
  }

  Page now() {
    Instant now = clock.instant();
    List<PipelineView> all = pipelines.all();
    List<ClusterView> alive = clusters.all();
    List<Piece> pieces = new ArrayList<>();
    pieces.add(Piece.of("failures", failures(all, now)));
    pieces.add(
        Piece.of(
            "now",
            OverviewTemplates.now(
                new Figures(
                    alive.size(),
                    all.stream().mapToInt(PipelineView::queuedRuns).sum(),
                    all.stream().mapToInt(PipelineView::openRuns).sum(),
                    all.stream().mapToLong(PipelineView::setAside).sum(),
                    orphans.all().size()),
                dependencies.all())));
    pieces.add(Piece.of("clusters", OverviewTemplates.clusters(alive)));
    pieces.add(Piece.row("pipelines-head", OverviewTemplates.columns()));
    all.forEach(pipeline -> pieces.add(row(pipeline, now)));
    return new Page("Overview", Page.Section.OVERVIEW, "/", pieces);
  }

  /** Hundreds of rows with thirty bars each are the most of the page, and few of them change. */
  private Piece row(PipelineView pipeline, Instant now) {
    List<Instant> ends = Strip.ends(pipeline.recent(), now);
    Row made =
        rows.compute(
            pipeline.name(),
            (name, row) ->
                row != null && row.view().equals(pipeline) && row.ends().equals(ends)
                    ? row
                    : new Row(
                        pipeline,
                        ends,
                        Piece.row(
                            "pipeline-" + name,
                            OverviewTemplates.pipeline(
                                pipeline, Strip.of(pipeline.recent(), now)))));
    return made.piece();
  }

  /**
   * A pipeline's row.
   *
   * @param view what it was made of
   * @param ends where the bars of its open runs end
   */
  private record Row(PipelineView view, List<Instant> ends, Piece piece) {}

  /** Whole hours, so that what is shown does not change with every moment. */
  private TemplateInstance failures(List<PipelineView> all, Instant now) {
    Instant since = now.minus(DAY).truncatedTo(ChronoUnit.HOURS);
    RunQuery query = RunQuery.failedSince(since, MOST_FAILURES);
    store.Page<RunView> newest = runs.page(query);
    long failed = newest.next().isPresent() ? runs.count(query) : newest.items().size();
    Needs needs = Needs.of(runs.stuck(MOST_FAILURES), newest.items(), all);
    return OverviewTemplates.failures(needs, failed - newest.items().size(), since);
  }
}
