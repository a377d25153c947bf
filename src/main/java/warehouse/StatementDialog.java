package warehouse;

import java.util.List;
import java.util.Optional;

/** Statements that are sent one after another, each made of the answers to those before. */
public interface StatementDialog {

  /**
   * The next statement; empty when there is none left.
   *
   * @throws IllegalStateException if it cannot go on
   */
  Optional<String> next();

  /**
   * The answer to the statement that was next.
   *
   * @throws IllegalStateException if it cannot go on
   */
  void answered(List<Row> rows);
}
