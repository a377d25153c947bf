package nativeimage;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.EncryptionAlgorithm;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;

/**
 * Registers the structs of a Parquet footer. The reader creates those that are members of {@code
 * FileMetaData} by reflection ({@code org.apache.parquet.format.event.Consumers}), and their
 * contents itself.
 */
@RegisterForReflection(
    targets = {
      SchemaElement.class,
      RowGroup.class,
      KeyValue.class,
      ColumnOrder.class,
      EncryptionAlgorithm.class
    })
final class ParquetRegistration {

  private ParquetRegistration() {}
}
