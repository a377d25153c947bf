package nativeimage;

import io.quarkus.runtime.annotations.RegisterForReflection;
import run.CheckOutcome;
import run.CheckSeverity;
import run.ClusterState;
import run.ClusterStatus;
import run.Findings;
import run.LeftOut;
import run.LoadedTable;
import run.Rejected;
import run.StepState;
import run.StepStatus;

/** What the run store keeps as JSON; these types do not know Quarkus. */
@RegisterForReflection(
    targets = {
      CheckOutcome.class,
      CheckSeverity.class,
      ClusterState.class,
      ClusterStatus.class,
      Findings.class,
      LeftOut.class,
      LeftOut.Skipped.class,
      LeftOut.Stripped.class,
      LoadedTable.class,
      LoadedTable.LoadedFile.class,
      Rejected.class,
      Rejected.Reason.class,
      StepState.class,
      StepStatus.class
    })
final class StoreRegistration {

  private StoreRegistration() {}
}
