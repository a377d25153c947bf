package run;

import java.util.List;
import java.util.Map;

/**
 * What a run's load was proven to have put into the table.
 *
 * @param query the SQL that returns exactly the run's rows
 * @param rows how many rows it has
 * @param files every file that is registered for the run
 * @param firstRows some of the rows, values by column, as text
 */
public record LoadedTable(
    String query, long rows, List<LoadedFile> files, List<Map<String, String>> firstRows) {

  /**
   * A registered file.
   *
   * @param name relative to the run's output
   * @param size bytes
   * @param rows its rows, as the job counted them
   */
  public record LoadedFile(String name, long size, long rows) {}
}
