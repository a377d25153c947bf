package nativeimage;

import contract.Column;
import contract.ColumnNames;
import contract.Inference;
import contract.InputFormat;
import contract.JobDescription;
import contract.JobResult;
import contract.Manifest;
import contract.MixedSchemas;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Registers the contract's types, which Jackson writes by reflection; they do not know Quarkus. */
@RegisterForReflection(
    targets = {
      Column.class,
      ColumnNames.class,
      Inference.class,
      InputFormat.class,
      JobDescription.class,
      JobDescription.Input.class,
      JobDescription.Forms.class,
      JobDescription.Transform.class,
      JobDescription.View.class,
      JobDescription.Severity.class,
      JobDescription.Check.class,
      JobDescription.Output.class,
      JobDescription.Rejected.class,
      JobDescription.Location.class,
      JobResult.class,
      JobResult.Status.class,
      JobResult.FailureCause.class,
      JobResult.JobFailure.class,
      JobResult.Rows.class,
      JobResult.CuratedFile.class,
      JobResult.Reject.class,
      JobResult.RejectReason.class,
      JobResult.Checked.class,
      JobResult.SqlFile.class,
      JobResult.Skipped.class,
      JobResult.Stripped.class,
      Manifest.class,
      Manifest.Entry.class,
      MixedSchemas.class
    })
final class ContractRegistration {

  private ContractRegistration() {}
}
