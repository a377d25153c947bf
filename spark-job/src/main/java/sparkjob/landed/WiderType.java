package sparkjob.landed;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import sparkjob.text.Names;

/** The least type that holds every value of two others as it is: nothing is rounded or cut. */
final class WiderType {
  private static final List<DataType> WHOLE =
      List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

  /** The digits of the largest value of each of them. */
  private static final List<Integer> DIGITS = List.of(3, 5, 10, 19);

  private WiderType() {}

  /** The type, if there is one. */
  static Optional<DataType> of(DataType one, DataType other) {
    if (one.equals(other)) {
      return Optional.of(one);
    }
    if (one instanceof StructType a && other instanceof StructType b) {
      return struct(a, b).map(type -> type);
    }
    if (one instanceof ArrayType a && other instanceof ArrayType b) {
      return of(a.elementType(), b.elementType())
          .map(element -> new ArrayType(element, a.containsNull() || b.containsNull()));
    }
    int first = WHOLE.indexOf(one);
    int second = WHOLE.indexOf(other);
    if (first >= 0 && second >= 0) {
      return Optional.of(WHOLE.get(Math.max(first, second)));
    }
    Optional<DataType> decimal = decimal(one, other);
    return decimal.isPresent() ? decimal : floating(one, other).or(() -> floating(other, one));
  }

  /** The members of both by name. */
  static Optional<StructType> struct(StructType one, StructType other) {
    List<String> names = List.of(one.fieldNames());
    List<String> others = List.of(other.fieldNames());
    int[] places = Names.match(names, others);
    StructType both = new StructType();
    for (int i = 0; i < places.length; i++) {
      StructField field = one.fields()[i];
      DataType there =
          places[i] == Names.NOWHERE ? field.dataType() : other.fields()[places[i]].dataType();
      Optional<DataType> wider = of(field.dataType(), there);
      if (wider.isEmpty()) {
        return Optional.empty();
      }
      both = both.add(field.name(), wider.get(), true);
    }
    for (int place : Names.unmatched(places, others.size())) {
      both = both.add(others.get(place), other.fields()[place].dataType(), true);
    }
    return Optional.of(both);
  }

  private static Optional<DataType> decimal(DataType one, DataType other) {
    DecimalType a = asDecimal(one);
    DecimalType b = asDecimal(other);
    if (a == null || b == null) {
      return Optional.empty();
    }
    int scale = Math.max(a.scale(), b.scale());
    int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
    return whole + scale > DecimalType.MAX_PRECISION()
        ? Optional.empty()
        : Optional.of(DataTypes.createDecimalType(whole + scale, scale));
  }

  private static DecimalType asDecimal(DataType type) {
    int whole = WHOLE.indexOf(type);
    if (whole >= 0) {
      return DataTypes.createDecimalType(DIGITS.get(whole), 0);
    }
    return type instanceof DecimalType decimal ? decimal : null;
  }

  /** A double has 53 bits for a whole number, so that an int fits and a bigint does not. */
  private static Optional<DataType> floating(DataType one, DataType other) {
    int whole = WHOLE.indexOf(other);
    boolean fits =
        one.equals(DataTypes.DoubleType)
            && (other.equals(DataTypes.FloatType) || (whole >= 0 && whole <= 2));
    return fits ? Optional.of(one) : Optional.empty();
  }
}
