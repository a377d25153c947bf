package localcloud.snowflake.access;

/**
 * A virtual warehouse: <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/create-warehouse">CREATE WAREHOUSE</a>.
 *
 * @param size as SHOW WAREHOUSES has it, {@code X-Small}
 * @param autoResume whether a statement resumes it
 * @param suspended whether it runs nothing now
 */
public record Warehouse(
    String name, String size, boolean autoResume, boolean suspended, String comment) {

  /** The same, suspended or not. */
  public Warehouse suspended(boolean now) {
    return new Warehouse(name, size, autoResume, now, comment);
  }
}
