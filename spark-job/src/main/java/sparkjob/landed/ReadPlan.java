package sparkjob.landed;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

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
    implements Serializable {}
