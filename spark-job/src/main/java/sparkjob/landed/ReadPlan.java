package sparkjob.landed;

import contract.InputFormat;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import sparkjob.text.CsvSyntax;
import sparkjob.text.ValueForms;

/**
 * Everything that tasks need to read CSV or JSON.
 *
 * @param input the format of the objects
 * @param tasks the splits of each task
 * @param schema what a record must fit
 * @param rejectedUri the prefix for rejected rows, ends with a slash
 * @param counts collects the count of each split
 */
record ReadPlan(
    LandedForm input,
    List<List<Split>> tasks,
    StructType schema,
    String rejectedUri,
    ReadCounts counts,
    SerializableConfiguration hadoop)
    implements Serializable {

  InputFormat format() {
    return input.format();
  }

  CsvSyntax csv() {
    return input.csv();
  }

  ValueForms forms() {
    return input.forms();
  }
}
