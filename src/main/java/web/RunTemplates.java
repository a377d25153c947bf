package web;

import api.AuditView;
import api.RunDetailView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The parts of a run's page. */
@CheckedTemplate(basePath = "run")
final class RunTemplates {

  private RunTemplates() {}

  static native TemplateInstance head(RunDetailView view, List<Operation> operations);

  static native TemplateInstance way(List<Station> stations);

  static native TemplateInstance failure(RunDetailView view, List<Operation> operations);

  static native TemplateInstance phases(List<PhaseBar> phases);

  static native TemplateInstance facts(RunDetailView view);

  static native TemplateInstance attempts(RunDetailView view);

  static native TemplateInstance findings(RunDetailView view);

  static native TemplateInstance table(RunDetailView view);

  static native TemplateInstance statements(RunDetailView view);

  static native TemplateInstance objects(RunDetailView view);

  static native TemplateInstance audit(List<AuditView> entries);
}
