package sparkjob.landed;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Gives Spark the rows of a {@link ReadPlan}, through Spark's public interfaces for data sources.
 *
 * <p>Spark's own readers of CSV and JSON do not follow the contract: they give no offset or object
 * for a bad record, turn some bad values to null, either break quoted line ends or read each object
 * in one task, take keys for patterns, and pass over objects whose names begin with an underscore
 * or a dot.
 */
public final class LandedSource implements TableProvider {
  private static final String PLAN = "plan";

  /**
   * A plan cannot travel as an option, which is a text; so the driver keeps it while a data set is
   * made of it.
   */
  private static final Map<String, ReadPlan> PLANS = new ConcurrentHashMap<>();

  /** The rows of a plan; nothing is read before Spark runs a job over them. */
  static Dataset<Row> rows(SparkSession spark, ReadPlan plan) {
    String id = UUID.randomUUID().toString();
    PLANS.put(id, plan);
    try {
      return spark
          .read()
          .format(LandedSource.class.getName())
          .schema(plan.schema())
          .option(PLAN, id)
          .load();
    } finally {
      PLANS.remove(id);
    }
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return plan(options).schema();
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new LandedTable(plan(new CaseInsensitiveStringMap(properties)));
  }

  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }

  private static ReadPlan plan(CaseInsensitiveStringMap options) {
    return PLANS.get(options.get(PLAN));
  }

  private record LandedTable(ReadPlan plan) implements SupportsRead {
    @Override
    public String name() {
      return "landed";
    }

    // Deprecated for columns(), whose default calls this one.
    @SuppressWarnings("deprecation")
    @Override
    public StructType schema() {
      return plan.schema();
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
      return () -> new LandedScan(plan);
    }
  }

  /** Equal for the same plan, so that Spark can share what it made of it. */
  private record LandedScan(ReadPlan plan) implements Scan, Batch {
    @Override
    public StructType readSchema() {
      return plan.schema();
    }

    @Override
    public String description() {
      return "landed " + plan.input().format().word();
    }

    @Override
    public Batch toBatch() {
      return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
      return IntStream.range(0, plan.tasks().size())
          .mapToObj(Task::new)
          .toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      return new Readers(plan);
    }
  }

  private record Task(int number) implements InputPartition {}

  private record Readers(ReadPlan plan) implements PartitionReaderFactory, Serializable {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      return new LandedReader(plan, ((Task) partition).number());
    }
  }
}
