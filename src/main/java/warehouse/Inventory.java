package warehouse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import warehouse.WarehouseSettings.Manage;

/** Queries about what exists, and how to read their answers. */
final class Inventory {

  private Inventory() {}

  /**
   * An object with a name.
   *
   * @param type TABLE_TYPE, such as {@code EXTERNAL TABLE}
   * @param marker in its comment, if the service made it
   */
  record Found(String type, Optional<TableMarker> marker) {

    boolean isExternalTable() {
      return type.equals("EXTERNAL TABLE");
    }

    boolean isView() {
      return type.equals("VIEW");
    }

    /** Whether its files are the pipeline's to register, be it made by the service or by hand. */
    boolean isTableOf(String pipeline, Manage manage) {
      return isExternalTable()
          && (isOf(pipeline) || (marker.isEmpty() && manage == Manage.NOTHING));
    }

    boolean isOf(String pipeline) {
      return marker.filter(ours -> ours.pipeline().equals(pipeline)).isPresent();
    }
  }

  /** Asks which objects have these names, all of one schema (INFORMATION_SCHEMA, "TABLES view"). */
  static String tables(List<ObjectName> names) {
    ObjectName first = names.get(0);
    return """
        SELECT TABLE_NAME, TABLE_TYPE, COMMENT
        FROM %s.INFORMATION_SCHEMA.TABLES
        WHERE TABLE_SCHEMA = %s AND TABLE_NAME IN (%s)"""
        .formatted(
            first.database().sql(),
            Literal.of(first.schema().value()),
            names.stream()
                .map(name -> Literal.of(name.name().value()))
                .collect(Collectors.joining(", ")));
  }

  /** The object with each name. */
  static Map<String, Found> found(List<Row> rows) {
    Map<String, Found> found = new LinkedHashMap<>();
    for (Row row : rows) {
      found.put(
          row.text("TABLE_NAME"),
          new Found(row.text("TABLE_TYPE"), row.find("COMMENT").flatMap(TableMarker::in)));
    }
    return found;
  }

  static Optional<Found> find(Map<String, Found> there, ObjectName name) {
    return Optional.ofNullable(there.get(name.name().value()));
  }

  /** Asks for a table's columns (INFORMATION_SCHEMA, "COLUMNS view"). */
  static String columns(ObjectName table) {
    return """
        SELECT COLUMN_NAME, DATA_TYPE, NUMERIC_PRECISION, NUMERIC_SCALE
        FROM %s.INFORMATION_SCHEMA.COLUMNS
        WHERE TABLE_SCHEMA = %s AND TABLE_NAME = %s
        ORDER BY ORDINAL_POSITION"""
        .formatted(
            table.database().sql(),
            Literal.of(table.schema().value()),
            Literal.of(table.name().value()));
  }

  /** Each column's type as it is shown, without the columns that every table of the service has. */
  static Map<String, String> shownColumns(List<Row> rows) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (Row row : rows) {
      columns.put(row.text("COLUMN_NAME"), ColumnType.shown(row));
    }
    columns.remove(ExternalTable.VALUE_COLUMN);
    columns.remove(ExternalTable.RUN_COLUMN);
    return columns;
  }

  /** Asks for a stage's address: a row with STAGE_URL (INFORMATION_SCHEMA, "STAGES view"). */
  static String stage(ObjectName stage) {
    return """
        SELECT STAGE_URL
        FROM %s.INFORMATION_SCHEMA.STAGES
        WHERE STAGE_SCHEMA = %s AND STAGE_NAME = %s"""
        .formatted(
            stage.database().sql(),
            Literal.of(stage.schema().value()),
            Literal.of(stage.name().value()));
  }

  /** Asks for the grants on a table. */
  static String grants(ObjectName table) {
    return "SHOW GRANTS ON EXTERNAL TABLE " + table.sql();
  }

  /**
   * Grants the same rights on another table; its creator owns it (SHOW GRANTS, "Output").
   *
   * @throws LoadRefusedException if there is a right that the service cannot grant
   */
  static List<String> sameGrants(List<Row> rows, ObjectName table) {
    List<String> grants = new ArrayList<>();
    for (Row row : rows) {
      String privilege = row.text("privilege");
      if (privilege.equals("OWNERSHIP")) {
        continue;
      }
      if (!row.text("granted_to").equals("ROLE") || !privilege.matches("SELECT|REFERENCES")) {
        throw new LoadRefusedException(
            "Cannot rebuild the table without losing a grant that the service cannot give: %s to %s %s"
                .formatted(privilege, row.text("granted_to"), row.text("grantee_name")),
            "revoke it for the time of the rebuild, or rebuild by hand");
      }
      boolean mayGrant = row.find("grant_option").filter("true"::equalsIgnoreCase).isPresent();
      grants.add(
          "GRANT %s ON EXTERNAL TABLE %s TO ROLE %s%s"
              .formatted(
                  privilege,
                  table.sql(),
                  role(row.text("grantee_name")).sql(),
                  mayGrant ? " WITH GRANT OPTION" : ""));
    }
    return grants;
  }

  /** The documentation of SHOW GRANTS does not say whether it quotes a name that needs quotes. */
  private static Identifier role(String shown) {
    return shown.startsWith("\"") ? Identifier.parse(shown) : new Identifier(shown);
  }
}
