package sparkjob.landed;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * All that the tasks need to know to read CSV or JSON.
 *
 * @param input how the objects are written
 * @param tasks the splits of each task
 * @param schema what a record must fit
 * @param rejectedUri the prefix for rejected rows, ends with a slash
 * @param counts told what each split gave
 */
record ReadPlan(
    LandedForm input,
    List<List<Split>> tasks,
    StructType schema,
    String rejectedUri,
    ReadCounts counts,
    SerializableConfiguration hadoop)
    implements Serializable {}
