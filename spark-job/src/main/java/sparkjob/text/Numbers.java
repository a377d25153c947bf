package sparkjob.text;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Numbers from ASCII bytes, without creating a text if possible. */
final class Numbers {
  /** The powers of ten that a double holds exactly. */
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final long EXACT_IN_DOUBLE = 1L << 53;

  /** All spellings of NaN and the infinities, in CSV and as texts in JSON. */
  private static final Map<String, Double> NAMED =
      Map.of(
          "NaN", Double.NaN,
          "Infinity", Double.POSITIVE_INFINITY,
          "+Infinity", Double.POSITIVE_INFINITY,
          "-Infinity", Double.NEGATIVE_INFINITY,
          "Inf", Double.POSITIVE_INFINITY,
          "+Inf", Double.POSITIVE_INFINITY,
          "-Inf", Double.NEGATIVE_INFINITY);

  private Numbers() {}

  /** A whole number with an optional sign, or null if it is none or does not fit. */
  static Long parseLong(byte[] text, int from, int to) {
    int i = from;
    boolean negative = false;
    if (text[i] == '-' || text[i] == '+') {
      negative = text[i] == '-';
      i++;
    }
    if (i == to || to - i > 30) {
      return null;
    }
    // Counted downwards, since the least long has no positive counterpart.
    long value = 0;
    for (; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      if (value < (Long.MIN_VALUE + digit) / 10) {
        return null;
      }
      value = value * 10 - digit;
    }
    if (!negative && value == Long.MIN_VALUE) {
      return null;
    }
    return negative ? value : -value;
  }

  /**
   * The double nearest to a decimal number with an optional exponent; or null, also where the
   * number is beyond the range of doubles, or so small that only 0 is left of it. Infinity and NaN
   * only if the text names them, see {@link #NAMED}.
   */
  static Double parseDouble(byte[] text, int from, int to) {
    int i = from;
    boolean negative = text[i] == '-';
    if (negative || text[i] == '+') {
      i++;
    }
    long digits = 0;
    int decimals = -1;
    int count = 0;
    for (; i < to; i++) {
      byte b = text[i];
      if (b >= '0' && b <= '9') {
        digits = digits * 10 + (b - '0');
        count++;
        decimals += decimals >= 0 ? 1 : 0;
      } else if (b == '.' && decimals < 0) {
        decimals = 0;
      } else {
        return parseAnyDouble(text, from, to);
      }
    }
    // Two exact doubles divided give the nearest double: W. D. Clinger, "How to Read Floating Point
    // Numbers Accurately", 1990.
    if (count == 0 || count > 18 || digits > EXACT_IN_DOUBLE) {
      return parseAnyDouble(text, from, to);
    }
    double value = decimals > 0 ? digits / POWERS_OF_TEN[decimals] : digits;
    return negative ? -value : value;
  }

  /** The float nearest to the number, or null; as {@link #parseDouble}. */
  static Float parseFloat(byte[] text, int from, int to) {
    String number = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    Double named = NAMED.get(number);
    if (named != null) {
      return named.floatValue();
    }
    if (!isDecimal(number)) {
      return null;
    }
    float value = Float.parseFloat(number);
    return Float.isInfinite(value) || (value == 0 && !isZero(number)) ? null : value;
  }

  private static Double parseAnyDouble(byte[] text, int from, int to) {
    String number = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    Double named = NAMED.get(number);
    if (named != null) {
      return named;
    }
    if (!isDecimal(number)) {
      return null;
    }
    double value = Double.parseDouble(number);
    return Double.isInfinite(value) || (value == 0 && !isZero(number)) ? null : value;
  }

  /** Whether the text names NaN or an infinity. */
  static boolean isNamed(String text) {
    return NAMED.containsKey(text);
  }

  /**
   * Whether the text is a decimal number with an optional exponent. Java's own parsers would take
   * others, too (1f, 0x1p3).
   */
  static boolean isDecimal(String number) {
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      boolean known =
          (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
      if (!known) {
        return false;
      }
    }
    try {
      Double.parseDouble(number);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Whether a decimal number is 0, however many digits it has. */
  private static boolean isZero(String number) {
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c == 'e' || c == 'E') {
        return true;
      }
      if (c >= '1' && c <= '9') {
        return false;
      }
    }
    return true;
  }
}
