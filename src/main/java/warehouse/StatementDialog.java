package warehouse;

import java.util.List;
import java.util.Optional;

/** Statements that are sent one after another; each may depend on earlier answers. */
public abstract class StatementDialog {

  final StatementQueue queries = new StatementQueue();

  /**
   * The next statement; empty when there is none left.
   *
   * @throws IllegalStateException if it cannot continue
   */
  public Optional<String> next() {
    return queries.sql();
  }

  /**
   * Takes the answer to the next statement.
   *
   * @throws IllegalStateException if it cannot continue
   */
  public void answered(List<Row> rows) {
    queries.answered(rows);
  }
}
