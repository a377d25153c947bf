package sparkjob.landed;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import sparkjob.failure.JobFailure;

/**
 * The columns of one Parquet object, as Spark reads them.
 *
 * @param schema those that Spark reads; timestamps of nanoseconds are timestamps
 * @param nanos the columns that Spark reads as whole numbers of nanoseconds
 */
record ParquetColumns(StructType schema, Set<String> nanos) {

  /** What Spark's vectorised reader supports, whatever a column's type. */
  private static final Set<String> OF_EVERY_TYPE =
      Set.of("PLAIN", "RLE", "BIT_PACKED", "PLAIN_DICTIONARY", "RLE_DICTIONARY");

  private static final Map<Encoding, Set<PrimitiveTypeName>> OF_TYPES =
      Map.of(
          Encoding.DELTA_BINARY_PACKED, Set.of(PrimitiveTypeName.INT32, PrimitiveTypeName.INT64),
          Encoding.DELTA_LENGTH_BYTE_ARRAY, Set.of(PrimitiveTypeName.BINARY),
          Encoding.DELTA_BYTE_ARRAY, Set.of(PrimitiveTypeName.BINARY));

  /** Copies the set. */
  ParquetColumns {
    nanos = Set.copyOf(nanos);
  }

  /**
   * The columns of an object.
   *
   * @param inferred asks Spark for the object's columns; it refuses all because of one
   * @param isWanted whether a column is read; others may be of any type
   * @throws JobFailure naming the object and a wanted column of a type that Spark does not read
   */
  static ParquetColumns of(ParquetObject object, Inferred inferred, Predicate<String> isWanted) {
    StructType found = inferred(object, inferred, isWanted);
    StructType schema = new StructType();
    Set<String> nanos = new HashSet<>();
    for (StructField field : found.fields()) {
      Type type = object.schema().getType(field.name());
      if (type.isPrimitive() && isNanos(type)) {
        nanos.add(field.name());
        boolean isInstant =
            ((TimestampLogicalTypeAnnotation) type.getLogicalTypeAnnotation()).isAdjustedToUTC();
        schema =
            schema.add(
                field.name(),
                isInstant ? DataTypes.TimestampType : DataTypes.TimestampNTZType,
                true);
      } else if (isWanted.test(field.name()) && hasNanos(type)) {
        throw unsupported(
            object.uri(), field.name(), "it has nanoseconds within a nested type, " + type);
      } else {
        schema = schema.add(field);
      }
    }
    return new ParquetColumns(schema, nanos);
  }

  /** Spark's own inference. */
  @FunctionalInterface
  interface Inferred {
    /** The columns of an object. */
    StructType of(String uri);
  }

  private static StructType inferred(
      ParquetObject object, Inferred inferred, Predicate<String> isWanted) {
    if (object.schema().getFields().stream().anyMatch(ParquetColumns::hasTimeOfDay)) {
      return columnByColumn(object, isWanted, Optional.empty());
    }
    try {
      return inferred.of(object.uri());
    } catch (Exception e) {
      // Scala declares no exceptions.
      return columnByColumn(object, isWanted, Optional.of(e));
    }
  }

  /**
   * The columns that Spark can read: it refuses all because of one.
   *
   * @param ofAll its refusal of all columns
   */
  private static StructType columnByColumn(
      ParquetObject object, Predicate<String> isWanted, Optional<Exception> ofAll) {
    SQLConf conf = new SQLConf();
    conf.setConfString("spark.sql.legacy.parquet.nanosAsLong", "true");
    ParquetToSparkSchemaConverter converter = new ParquetToSparkSchemaConverter(conf);
    StructType readable = new StructType();
    for (Type column : object.schema().getFields()) {
      try {
        if (hasTimeOfDay(column)) {
          throw new UnsupportedOperationException("Spark 3.5 has no such type");
        }
        readable = readable.add(converter.convert(new MessageType("column", column)).apply(0));
      } catch (Exception e) {
        // Scala declares no exceptions.
        if (isWanted.test(column.getName())) {
          throw unsupported(
                  object.uri(),
                  column.getName(),
                  "it is %s (%s)".formatted(column, JobFailure.firstLine(e)))
              .causedBy(e);
        }
      }
    }
    if (ofAll.isPresent() && readable.length() == object.schema().getFieldCount()) {
      throw ParquetFailure.ofFooter(object.uri(), ofAll.get());
    }
    return readable;
  }

  /** Spark 4 has begun to have a type for these, under which it would read another table. */
  private static boolean hasTimeOfDay(Type type) {
    return has(type, leaf -> leaf.getLogicalTypeAnnotation() instanceof TimeLogicalTypeAnnotation);
  }

  /** Whether a column, or what is nested in it, is of such a type. */
  static boolean has(Type type, Predicate<Type> isIt) {
    return type.isPrimitive()
        ? isIt.test(type)
        : type.asGroupType().getFields().stream().anyMatch(field -> has(field, isIt));
  }

  private static boolean hasNanos(Type type) {
    return has(type, ParquetColumns::isNanos);
  }

  /** Whether a column is a TIMESTAMP(NANOS). */
  static boolean isNanos(Type type) {
    return type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp
        && timestamp.getUnit() == TimeUnit.NANOS;
  }

  /**
   * Whether Spark's vectorised reader can read an object.
   *
   * @throws JobFailure naming a wanted column that no reader can: its compression or its encoding
   *     is unknown here
   */
  static boolean suitVectors(
      ParquetObject object, Predicate<String> isWanted, Configuration hadoop) {
    boolean suit = true;
    for (ParquetObject.Chunk chunk : object.chunks()) {
      if (isWanted.test(chunk.name())) {
        mustBeDecompressed(object.uri(), chunk, hadoop);
        for (Encoding encoding : chunk.encodings()) {
          suit &= suitsVectors(object.uri(), chunk, encoding);
        }
      }
    }
    return suit;
  }

  private static boolean suitsVectors(String uri, ParquetObject.Chunk chunk, Encoding encoding) {
    ColumnDescriptor column = chunk.column();
    if (OF_EVERY_TYPE.contains(encoding.name())
        || OF_TYPES
            .getOrDefault(encoding, Set.of())
            .contains(column.getPrimitiveType().getPrimitiveTypeName())) {
      return true;
    }
    try {
      encoding.getValuesReader(column, ValuesType.VALUES);
      return false;
    } catch (RuntimeException e) {
      throw unsupported(
              uri,
              chunk.name(),
              "its encoding is %s (%s)".formatted(encoding, JobFailure.firstLine(e)))
          .causedBy(e);
    }
  }

  private static void mustBeDecompressed(
      String uri, ParquetObject.Chunk chunk, Configuration hadoop) {
    String codec = chunk.codec().getHadoopCompressionCodecClassName();
    if (codec == null) {
      return;
    }
    try {
      hadoop.getClassByName(codec);
    } catch (ClassNotFoundException e) {
      throw unsupported(
              uri,
              chunk.name(),
              "it is compressed with %s, for which Spark has no codec".formatted(chunk.codec()))
          .causedBy(e);
    }
  }

  private static JobFailure unsupported(String uri, String column, String why) {
    return JobFailure.data(
        "Cannot read the column %s of %s: %s; have it written in a way that Spark reads, or declare the columns without it"
            .formatted(column, uri, why),
        List.of(uri));
  }
}
