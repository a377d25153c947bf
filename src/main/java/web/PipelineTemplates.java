package web;

import api.BackfillView;
import api.PipelineView;
import api.RunView;
import api.SetAsideView;
import api.WaitingObjectView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The parts of a pipeline's page. */
@CheckedTemplate(basePath = "pipeline")
final class PipelineTemplates {

  private PipelineTemplates() {}

  static native TemplateInstance head(
      PipelineView view, List<RunView> stuck, Optional<RunView> failed);

  static native TemplateInstance facts(PipelineView view);

  static native TemplateInstance charts(List<Chart> charts, Instant from, Instant to);

  static native TemplateInstance runs(PipelineView view, List<RunView> runs);

  static native TemplateInstance waiting(PipelineView view, List<WaitingObjectView> objects);

  static native TemplateInstance aside(PipelineView view, List<SetAsideView> objects);

  static native TemplateInstance backfills(List<BackfillView> backfills);

  static native TemplateInstance configuration(String name, WrittenConfiguration written);

  static native TemplateInstance plan(String name, PlanText plan);
}
