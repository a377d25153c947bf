package web;

import api.ClusterView;
import api.DependencyView;
import api.PipelineView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.Instant;
import java.util.List;

/** The parts of the overview. */
@CheckedTemplate(basePath = "overview")
final class OverviewTemplates {

  private OverviewTemplates() {}

  static native TemplateInstance now(Figures figures, List<DependencyView> dependencies);

  static native TemplateInstance failures(Needs needs, long more, Instant since);

  static native TemplateInstance clusters(List<ClusterView> clusters);

  static native TemplateInstance columns();

  static native TemplateInstance pipeline(PipelineView view, Strip strip);

  /**
   * The figures at the top.
   *
   * @param clusters how many clusters are alive
   * @param queued how many runs wait for a cluster
   * @param open how many runs are open
   * @param setAside how many landed objects no run will take
   * @param orphans how many clusters belong to no attempt
   */
  record Figures(int clusters, int queued, int open, long setAside, int orphans) {}
}
