package localcloud.snowflake.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localcloud.snowflake.sql.Statement.AlterTable;
import localcloud.snowflake.sql.Statement.ObjectKind;

/**
 * Reads <a href="https://docs.snowflake.com/en/sql-reference/sql/alter-table">ALTER TABLE</a>, <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/alter-external-table">ALTER EXTERNAL
 * TABLE</a>, <a href="https://docs.snowflake.com/en/sql-reference/sql/alter-view">ALTER VIEW</a>
 * and <a href="https://docs.snowflake.com/en/sql-reference/sql/comment">COMMENT ON</a> them.
 */
final class AlterParser {

  /** The most files of one ADD FILES or REMOVE FILES. */
  private static final int MOST_FILES = 1_000;

  private final Cursor cursor;

  AlterParser(Cursor cursor) {
    this.cursor = cursor;
  }

  /** Empty when it is ALTER of anything else. */
  Optional<Statement> alter() {
    if (cursor.accept("ALTER", "EXTERNAL", "TABLE")) {
      boolean ifExists = cursor.accept("IF", "EXISTS");
      return Optional.of(externalTable(cursor.name(3), ifExists));
    }
    Optional<ObjectKind> kind = kindAfter("ALTER");
    return kind.map(
        found -> {
          boolean ifExists = cursor.accept("IF", "EXISTS");
          ObjectName name = cursor.name(3);
          return new AlterTable(
              found, name, ifExists, found == ObjectKind.VIEW ? comment() : table());
        });
  }

  private Optional<ObjectKind> kindAfter(String verb) {
    if (cursor.accept(verb, "TABLE")) {
      return Optional.of(ObjectKind.TABLE);
    }
    return cursor.accept(verb, "VIEW") ? Optional.of(ObjectKind.VIEW) : Optional.empty();
  }

  /** COMMENT [IF EXISTS] ON kind name IS 'text'; empty when it is on anything else. */
  Optional<Statement> commentOn() {
    cursor.expect("COMMENT");
    boolean ifExists = cursor.accept("IF", "EXISTS");
    Optional<ObjectKind> kind = kindAfter("ON");
    return kind.map(
        found -> {
          ObjectName name = cursor.name(3);
          cursor.expect("IS");
          return new AlterTable(found, name, ifExists, new TableChange.SetComment(cursor.string()));
        });
  }

  private Statement externalTable(ObjectName name, boolean ifExists) {
    if (cursor.accept("REFRESH")) {
      String path = cursor.peek().kind() == Token.Kind.STRING ? cursor.string() : "";
      return new Statement.Refresh(name, ifExists, path);
    }
    TableChange change;
    if (cursor.accept("ADD", "FILES")) {
      change = new TableChange.AddFiles(files());
    } else if (cursor.accept("REMOVE", "FILES")) {
      change = new TableChange.RemoveFiles(files());
    } else if (cursor.accept("SET", "AUTO_REFRESH")) {
      cursor.expectSymbol("=");
      change = new TableChange.SetAutoRefresh(cursor.truth());
    } else {
      throw Refusal.unknownPart(
          cursor.peek(), "anything but REFRESH, ADD FILES, REMOVE FILES and SET AUTO_REFRESH");
    }
    return new AlterTable(ObjectKind.EXTERNAL_TABLE, name, ifExists, change);
  }

  private List<String> files() {
    cursor.expectSymbol("(");
    Token first = cursor.peek();
    List<String> files = new ArrayList<>();
    do {
      files.add(cursor.string());
    } while (cursor.acceptSymbol(","));
    cursor.expectSymbol(")");
    if (files.size() > MOST_FILES) {
      throw Refusal.unknownPart(first, "more than " + MOST_FILES + " files");
    }
    return files;
  }

  private TableChange table() {
    if (cursor.accept("SWAP", "WITH")) {
      return new TableChange.SwapWith(cursor.name(3));
    }
    if (cursor.accept("ADD")) {
      cursor.accept("COLUMN");
      boolean ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
      return new TableChange.AddColumn(new CreateParser(cursor).column(), ifNotExists);
    }
    if (cursor.accept("DROP")) {
      cursor.accept("COLUMN");
      boolean ifExists = cursor.accept("IF", "EXISTS");
      List<String> names = new ArrayList<>();
      do {
        names.add(cursor.identifier());
      } while (cursor.acceptSymbol(","));
      return new TableChange.DropColumns(names, ifExists);
    }
    return comment();
  }

  private TableChange comment() {
    if (cursor.accept("UNSET", "COMMENT")) {
      return new TableChange.SetComment("");
    }
    if (!cursor.accept("SET", "COMMENT")) {
      throw Refusal.unknownPart(cursor.peek(), cursor.peek().source());
    }
    cursor.expectSymbol("=");
    return new TableChange.SetComment(cursor.string());
  }
}
