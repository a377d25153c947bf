package sparkjob.text;

import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Converts the text of a field to a value of a declared type, in Spark's internal form (see Spark's
 * {@code InternalRow}). Nothing is truncated or guessed: a text that does not fit the type is
 * rejected. Only floats and doubles are rounded, to the nearest one.
 */
@FunctionalInterface
public interface TextValue {

  /**
   * The value of the UTF-8 text between the two indexes, or null if the text is no value of this
   * type.
   */
  Object parse(byte[] text, int from, int to);

  /** Whether text can hold this type. */
  static boolean holds(DataType type) {
    return of(type, ValueForms.DEFAULT).isPresent();
  }

  /** The form of values of this type in text; empty for the types that text cannot hold. */
  static Optional<TextValue> of(DataType type, ValueForms forms) {
    if (type.equals(DataTypes.StringType)) {
      return Optional.of((text, from, to) -> UTF8String.fromBytes(text, from, to - from));
    }
    if (type.equals(DataTypes.BinaryType)) {
      return Optional.of(Arrays::copyOfRange);
    }
    TextValue trimmed = ofTrimmed(type, new Times(forms));
    return Optional.ofNullable(trimmed).map(TextValue::trimming);
  }

  /** An explanation after the value in the reason why it is not of a type, if there is one. */
  static String whyNot(String text, DataType type, ValueForms forms) {
    String trimmed = text.strip();
    Optional<String> why = Optional.empty();
    if (type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType)) {
      why =
          Numbers.isDecimal(trimmed)
              ? Optional.of("it is beyond the range of a " + type.catalogString())
              : Optional.empty();
    } else if (type.equals(DataTypes.DateType)
        || type.equals(DataTypes.TimestampType)
        || type.equals(DataTypes.TimestampNTZType)) {
      why = new Times(forms).whyNot(trimmed, type.equals(DataTypes.DateType));
    }
    return why.map(": "::concat).orElse("");
  }

  private static TextValue ofTrimmed(DataType type, Times times) {
    if (type.equals(DataTypes.DoubleType)) {
      return Numbers::parseDouble;
    } else if (type.equals(DataTypes.IntegerType)) {
      return within(Integer.MIN_VALUE, Integer.MAX_VALUE, Long::intValue);
    } else if (type.equals(DataTypes.LongType)) {
      return Numbers::parseLong;
    } else if (type.equals(DataTypes.FloatType)) {
      return Numbers::parseFloat;
    } else if (type.equals(DataTypes.ShortType)) {
      return within(Short.MIN_VALUE, Short.MAX_VALUE, Long::shortValue);
    } else if (type.equals(DataTypes.ByteType)) {
      return within(Byte.MIN_VALUE, Byte.MAX_VALUE, Long::byteValue);
    } else if (type.equals(DataTypes.BooleanType)) {
      return (text, from, to) -> parseBoolean(string(text, from, to));
    } else if (type instanceof DecimalType decimal) {
      int precision = decimal.precision();
      int scale = decimal.scale();
      return (text, from, to) -> parseDecimal(string(text, from, to), precision, scale);
    } else if (type.equals(DataTypes.DateType)) {
      return (text, from, to) -> times.parseDate(string(text, from, to));
    } else if (type.equals(DataTypes.TimestampType)) {
      return (text, from, to) -> times.parseTimestamp(string(text, from, to), true);
    } else if (type.equals(DataTypes.TimestampNTZType)) {
      return (text, from, to) -> times.parseTimestamp(string(text, from, to), false);
    }
    return null;
  }

  private static TextValue trimming(TextValue value) {
    return (text, from, to) -> {
      int first = from;
      int last = to;
      while (first < last && text[first] == ' ') {
        first++;
      }
      while (first < last && text[last - 1] == ' ') {
        last--;
      }
      return first == last ? null : value.parse(text, first, last);
    };
  }

  private static TextValue within(
      long least, long greatest, SerializableFunction<Long, Object> narrowed) {
    return (text, from, to) -> {
      Long value = Numbers.parseLong(text, from, to);
      return value == null || value < least || value > greatest ? null : narrowed.apply(value);
    };
  }

  /** A function that travels to executors. */
  @FunctionalInterface
  interface SerializableFunction<A, B> extends java.util.function.Function<A, B>, Serializable {}

  private static String string(byte[] text, int from, int to) {
    return new String(text, from, to - from, StandardCharsets.UTF_8);
  }

  private static Boolean parseBoolean(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> null;
    };
  }

  /** A decimal that fits without losing a digit, or null. */
  static Decimal parseDecimal(String text, int precision, int scale) {
    try {
      return fit(new BigDecimal(text), precision, scale);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Decimal fit(BigDecimal value, int precision, int scale) {
    if (value.signum() == 0) {
      return Decimal.apply(BigDecimal.ZERO.setScale(scale), precision, scale);
    }
    // Before rescaling, which for 1E1000000000 would take all memory.
    long wholeDigits = (long) value.precision() - value.scale();
    long lostDigits = (long) value.scale() - scale;
    if (wholeDigits > precision - scale || lostDigits >= value.precision()) {
      return null;
    }
    try {
      return Decimal.apply(value.setScale(scale), precision, scale);
    } catch (ArithmeticException e) {
      return null;
    }
  }
}
