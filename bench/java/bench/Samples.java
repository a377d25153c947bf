package bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The same thing measured several times. */
final class Samples {

  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The value that this part of all of them does not exceed. */
  double percentile(double part) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
  }

  double least() {
    return Collections.min(values);
  }

  double greatest() {
    return Collections.max(values);
  }

  /**
   * A row of a table: the name, median, least and greatest, and further cells.
   *
   * @param format the format of a number, as in {@link String#format}
   */
  String[] row(String name, String format, String note) {
    return new String[] {
      name, text(format, median()), text(format, least()), text(format, greatest()), note
    };
  }

  static String text(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
