package nativeimage;

import io.quarkus.runtime.annotations.RegisterForReflection;
import run.ClusterState;
import run.ClusterStatus;
import run.Findings;
import run.LeftOut;
import run.LoadedTable;
import run.Rejected;
import run.StepState;
import run.StepStatus;

/** What the run store keeps as JSON, beside types of the contract; they do not know Quarkus. */
@RegisterForReflection(
    targets = {
      ClusterState.class,
      ClusterStatus.class,
      Findings.class,
      LeftOut.class,
      LoadedTable.class,
      Rejected.class,
      StepState.class,
      StepStatus.class
    })
final class StoreRegistration {

  private StoreRegistration() {}
}
