package kills;

import java.util.Collections;

/**
 * An object that the harness has landed. Its rows have a class of their own, so that the table
 * tells which object each row came from, and how many of its rows were counted.
 *
 * @param lane whose object it is
 * @param number 1 for the first of the lane
 */
record Landed(String lane, int number) {

  private static final int MOST_ROWS = 50;

  /** The class of all its rows. */
  String className() {
    return lane + "-" + number;
  }

  /** How many rows it has: few, and not as many as the next object. */
  int rows() {
    return 1 + Math.floorMod(className().hashCode(), MOST_ROWS);
  }

  /** Its key in the lane's landing bucket. */
  String key() {
    return "%s/%d.csv".formatted(lane, number);
  }

  /** Its content, of the iris data set's shape. */
  String content() {
    return String.join("", Collections.nCopies(rows(), "5.1,3.5,1.4,0.2," + className() + "\n"));
  }
}
