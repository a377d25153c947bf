package web;

import api.AuditView;
import api.RunDetailView.ObjectView;
import api.RunView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** The frame of every page, and the pages of one part. */
@CheckedTemplate(basePath = "")
final class Templates {

  private Templates() {}

  static native TemplateInstance layout(
      Page page,
      String installation,
      String caller,
      String role,
      boolean mayLeave,
      String version,
      boolean live,
      Optional<String> said);

  static native TemplateInstance runs(
      List<RunView> runs,
      RunFilter filter,
      List<String> pipelines,
      Optional<String> problem,
      Optional<String> next);

  static native TemplateInstance objects(
      String run, List<ObjectView> objects, Optional<String> next);

  static native TemplateInstance auditLog(List<AuditView> entries, Optional<String> next);

  static native TemplateInstance confirm(Confirmation confirmation, String key);

  static native TemplateInstance backfill(
      String pipeline, BackfillForm form, Optional<String> problem, String key);

  static native TemplateInstance error(String title, String sentence, String onward);
}
