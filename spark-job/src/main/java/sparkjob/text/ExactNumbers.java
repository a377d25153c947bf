package sparkjob.text;

import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * The types that reproduce every number seen as it was written. A double does if the shortest
 * decimal that it prints is that number.
 */
public final class ExactNumbers implements Serializable {
  /** How many digits of a decimal number a double always reproduces. */
  private static final int DIGITS_OF_DOUBLE = 15;

  private static final long EXACT_IN_DOUBLE = 1L << 53;

  private boolean hasSeen;
  private boolean areLong = true;
  private boolean areWhole = true;
  private boolean areDouble = true;
  private boolean areDecimal = true;
  private long wholeDigits;
  private int scale;

  /**
   * Takes a text into account.
   *
   * @return false if it is no number, or one that is rather a key: with a leading zero or plus
   */
  public boolean see(byte[] text, int from, int to) {
    int first = from;
    int last = to;
    while (first < last && text[first] == ' ') {
      first++;
    }
    while (first < last && text[last - 1] == ' ') {
      last--;
    }
    return first < last && !isKey(text, first, last) && seeNumber(text, first, last);
  }

  private static boolean isKey(byte[] text, int from, int to) {
    int digits = text[from] == '-' ? from + 1 : from;
    boolean isZeroLed =
        digits + 1 < to
            && text[digits] == '0'
            && text[digits + 1] >= '0'
            && text[digits + 1] <= '9';
    return isZeroLed || (text[from] == '+' && to - from > 1 && text[from + 1] <= '9');
  }

  private boolean seeNumber(byte[] text, int from, int to) {
    Long whole = Numbers.parseLong(text, from, to);
    if (whole != null && whole > -EXACT_IN_DOUBLE && whole < EXACT_IN_DOUBLE) {
      hasSeen = true;
      wholeDigits = Math.max(wholeDigits, text[from] == '-' ? to - from - 1 : to - from);
      return true;
    }
    areLong = areLong && whole != null;
    String number = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    if (Numbers.isNamed(number)) {
      areLong = false;
      areWhole = false;
      areDecimal = false;
      hasSeen = true;
      return true;
    }
    if (!Numbers.isDecimal(number)) {
      return false;
    }
    hasSeen = true;
    try {
      seeDigits(new BigDecimal(number), number);
    } catch (NumberFormatException e) {
      // An exponent that no int holds.
      areWhole = false;
      areDouble = false;
      areDecimal = false;
    }
    return true;
  }

  private void seeDigits(BigDecimal value, String number) {
    areWhole = areWhole && value.scale() == 0 && number.indexOf('.') < 0 && !hasExponent(number);
    wholeDigits = Math.max(wholeDigits, (long) value.precision() - value.scale());
    scale = Math.max(scale, value.scale());
    if (areDouble) {
      boolean isShort =
          value.precision() <= DIGITS_OF_DOUBLE && Math.abs((long) value.scale()) < 300;
      areDouble = isShort || isGivenBack(value);
    }
  }

  private static boolean hasExponent(String number) {
    return number.indexOf('e') >= 0 || number.indexOf('E') >= 0;
  }

  private static boolean isGivenBack(BigDecimal value) {
    double nearest = value.doubleValue();
    return !Double.isInfinite(nearest)
        && new BigDecimal(Double.toString(nearest)).compareTo(value) == 0;
  }

  /** The types that reproduce both. */
  public ExactNumbers and(ExactNumbers other) {
    ExactNumbers both = new ExactNumbers();
    both.hasSeen = hasSeen || other.hasSeen;
    both.areLong = areLong && other.areLong;
    both.areWhole = areWhole && other.areWhole;
    both.areDouble = areDouble && other.areDouble;
    both.areDecimal = areDecimal && other.areDecimal;
    both.wholeDigits = Math.max(wholeDigits, other.wholeDigits);
    both.scale = Math.max(scale, other.scale);
    return both;
  }

  /**
   * The type; empty if only text reproduces all of them, or nothing was seen. Decimals have the
   * most possible digits, so that the next batch is likely to have the same type.
   */
  public Optional<DataType> type() {
    if (!hasSeen) {
      return Optional.empty();
    }
    if (areLong) {
      return Optional.of(DataTypes.LongType);
    }
    if (areDouble && !areWhole) {
      return Optional.of(DataTypes.DoubleType);
    }
    boolean fits = areDecimal && wholeDigits + scale <= DecimalType.MAX_PRECISION();
    return fits
        ? Optional.of(DataTypes.createDecimalType(DecimalType.MAX_PRECISION(), scale))
        : Optional.empty();
  }
}
