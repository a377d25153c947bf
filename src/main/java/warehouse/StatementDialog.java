package warehouse;

import java.util.List;
import java.util.Optional;

/** Statements that are sent one after another; each may depend on earlier answers. */
public interface StatementDialog {

  /**
   * The next statement; empty when there is none left.
   *
   * @throws IllegalStateException if it cannot continue
   */
  Optional<String> next();

  /**
   * Takes the answer to the next statement.
   *
   * @throws IllegalStateException if it cannot continue
   */
  void answered(List<Row> rows);
}
