package web;

import api.AuditView;
import api.RunDetailView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** The parts of a run's page. */
@CheckedTemplate(basePath = "run")
final class RunTemplates {

  private RunTemplates() {}

  static native TemplateInstance head(RunDetailView view, RunHead head, List<Operation> operations);

  static native TemplateInstance way(List<Station> stations);

  static native TemplateInstance failure(Optional<FailureCard> failure);

  static native TemplateInstance phases(PhaseChart chart);

  static native TemplateInstance figures(RunDetailView view);

  static native TemplateInstance findings(RunDetailView view);

  static native TemplateInstance table(RunDetailView view);

  static native TemplateInstance statements(RunDetailView view);

  static native TemplateInstance objects(RunDetailView view);

  static native TemplateInstance audit(List<AuditView> entries);
}
