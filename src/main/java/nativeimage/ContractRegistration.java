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

/**
 * The contract's types and those in them, which Jackson writes by reflection; they do not know
 * Quarkus.
 */
@RegisterForReflection(
    targets = {
      Column.class,
      ColumnNames.class,
      Inference.class,
      InputFormat.class,
      JobDescription.class,
      JobResult.class,
      Manifest.class,
      MixedSchemas.class
    })
final class ContractRegistration {

  private ContractRegistration() {}
}
