package warehouse;

import java.util.List;
import java.util.Optional;

/** Statements that are sent one after another, each made of the answers to those before. */
public abstract class StatementDialog {

  final StatementQueue queries = new StatementQueue();

  /**
   * The next statement; empty when there is none left.
   *
   * @throws IllegalStateException if it cannot go on
   */
  public Optional<String> next() {
    return queries.sql();
  }

  /**
   * The answer to the statement that was next.
   *
   * @throws IllegalStateException if it cannot go on
   */
  public void answered(List<Row> rows) {
    queries.answered(rows);
  }
}
