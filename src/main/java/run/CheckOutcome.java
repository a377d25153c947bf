package run;

import java.util.List;

/**
 * What a check found in a run's rows, in which it must find nothing.
 *
 * @param name the check's name
 * @param severity what it does to the run if it found rows
 * @param violations how many rows it found
 * @param firstRows the first of them, each as JSON in one line
 */
public record CheckOutcome(
    String name, CheckSeverity severity, long violations, List<String> firstRows) {

  public CheckOutcome {
    firstRows = List.copyOf(firstRows);
  }

  /** Whether it found what it must not. */
  public boolean foundRows() {
    return violations > 0;
  }
}
