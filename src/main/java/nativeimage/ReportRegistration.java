package nativeimage;

import io.quarkus.runtime.annotations.RegisterForReflection;
import run.CheckOutcome;
import run.CheckSeverity;
import run.Findings;
import run.LeftOut;
import run.LoadedTable;
import run.Rejected;

/** The reports that the run store keeps as JSON; their types do not know Quarkus. */
@RegisterForReflection(
    targets = {
      CheckOutcome.class,
      CheckSeverity.class,
      Findings.class,
      LeftOut.class,
      LeftOut.Skipped.class,
      LeftOut.Stripped.class,
      LoadedTable.class,
      LoadedTable.LoadedFile.class,
      Rejected.class,
      Rejected.Reason.class
    })
final class ReportRegistration {

  private ReportRegistration() {}
}
