package localcloud.snowflake.sql;

import java.util.ArrayList;
import java.util.List;
import localcloud.snowflake.sql.Statement.OnConflict;
import localcloud.snowflake.sql.Statement.ViewColumn;

/**
 * Reads <a href="https://docs.snowflake.com/en/sql-reference/sql/create-view">CREATE VIEW</a> from
 * the view's name on.
 */
final class ViewParser {

  private final Cursor cursor;

  ViewParser(Cursor cursor) {
    this.cursor = cursor;
  }

  Statement view(ObjectName name, OnConflict onConflict, boolean secure) {
    List<ViewColumn> columns = cursor.peek().isSymbol("(") ? columns() : List.of();
    boolean copyGrants = false;
    String comment = "";
    while (!cursor.accept("AS")) {
      if (cursor.accept("COPY", "GRANTS")) {
        copyGrants = true;
      } else if (cursor.accept("COMMENT")) {
        cursor.expectSymbol("=");
        comment = cursor.string();
      } else if (cursor.isIdentifier(cursor.peek())) {
        throw Refusal.unknownPart(cursor.peek(), cursor.peek().source());
      } else {
        throw Refusal.syntax(cursor.peek());
      }
    }
    Query query = query();
    if (cursor.hasBinds()) {
      throw Refusal.unknownPart(cursor.peek(), "a bind variable in a view's query");
    }
    return new Statement.CreateView(
        name, onConflict, secure, columns, query, cursor.textSince(0), copyGrants, comment);
  }

  private List<ViewColumn> columns() {
    cursor.expectSymbol("(");
    List<ViewColumn> columns = new ArrayList<>();
    do {
      String name = cursor.identifier();
      columns.add(new ViewColumn(name, cursor.accept("COMMENT") ? cursor.string() : ""));
    } while (cursor.acceptSymbol(","));
    cursor.expectSymbol(")");
    return columns;
  }

  private Query query() {
    if (!cursor.acceptSymbol("(")) {
      return new QueryParser(cursor).query();
    }
    Query inner = query();
    cursor.expectSymbol(")");
    return inner;
  }
}
