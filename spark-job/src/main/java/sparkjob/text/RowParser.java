package sparkjob.text;

import org.apache.spark.sql.catalyst.InternalRow;

/** Makes a row of its reader's current record. */
@FunctionalInterface
public interface RowParser {
  /**
   * The row.
   *
   * @throws Unparsable saying why there is none
   */
  InternalRow parse() throws Unparsable;
}
