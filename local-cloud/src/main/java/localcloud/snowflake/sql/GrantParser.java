package localcloud.snowflake.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localcloud.snowflake.sql.Administration.Container;
import localcloud.snowflake.sql.Administration.Target;

/**
 * Reads <a href="https://docs.snowflake.com/en/sql-reference/sql/grant-privilege">GRANT</a>, <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/revoke-privilege">REVOKE</a> and <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/show-grants">SHOW GRANTS</a>.
 */
final class GrantParser {

  /** Kinds, those of two words first, and how many parts a name has. */
  private static final List<String> KINDS =
      List.of(
          "EXTERNAL TABLE 3",
          "FILE FORMAT 3",
          "ACCOUNT 0",
          "USER 1",
          "ROLE 1",
          "WAREHOUSE 1",
          "INTEGRATION 1",
          "DATABASE 1",
          "SCHEMA 2",
          "STAGE 3",
          "VIEW 3");

  private final Cursor cursor;

  GrantParser(Cursor cursor) {
    this.cursor = cursor;
  }

  Administration read() {
    if (cursor.accept("SHOW", "GRANTS")) {
      return show();
    }
    boolean grants = cursor.take().isWord("GRANT");
    return cursor.accept("ROLE") ? role(grants) : privileges(grants);
  }

  private Administration show() {
    if (cursor.accept("ON")) {
      return new Administration.ShowGrants(
          Optional.of(target(false)), Optional.empty(), Optional.empty());
    }
    cursor.expect("TO");
    if (cursor.accept("USER")) {
      return new Administration.ShowGrants(
          Optional.empty(), Optional.empty(), Optional.of(cursor.identifier()));
    }
    cursor.expect("ROLE");
    return new Administration.ShowGrants(
        Optional.empty(), Optional.of(cursor.identifier()), Optional.empty());
  }

  private Administration role(boolean grants) {
    String role = cursor.identifier();
    cursor.expect(grants ? "TO" : "FROM");
    boolean toUser = cursor.accept("USER");
    if (!toUser) {
      cursor.expect("ROLE");
    }
    return new Administration.GrantRole(grants, role, toUser, cursor.identifier());
  }

  private Administration privileges(boolean grants) {
    List<String> privileges = new ArrayList<>();
    do {
      privileges.add(privilege());
    } while (cursor.acceptSymbol(","));
    cursor.expect("ON");
    Target target = target(true);
    cursor.expect(grants ? "TO" : "FROM");
    cursor.accept("ROLE");
    String role = cursor.identifier();
    boolean copies = cursor.accept("COPY", "CURRENT", "GRANTS");
    if (!copies && cursor.accept("REVOKE", "CURRENT", "GRANTS")) {
      return new Administration.GrantPrivileges(grants, privileges, target, role, false);
    }
    return new Administration.GrantPrivileges(grants, privileges, target, role, copies);
  }

  /** Its words up to a comma or ON. */
  private String privilege() {
    StringBuilder words = new StringBuilder();
    while (cursor.peek().kind() == Token.Kind.WORD && !cursor.nextAre("ON")) {
      words.append(words.isEmpty() ? "" : " ").append(cursor.take().text());
    }
    if (words.isEmpty()) {
      throw Refusal.syntax(cursor.peek());
    }
    return words.toString();
  }

  private Target target(boolean mayBeFuture) {
    boolean future = mayBeFuture && cursor.accept("FUTURE");
    for (String kind : KINDS) {
      String[] words = kind.split(" ");
      int parts = Integer.parseInt(words[words.length - 1]);
      String[] name = java.util.Arrays.copyOf(words, words.length - 1);
      String underscored = String.join("_", name);
      if (future) {
        name[name.length - 1] += "S";
      }
      if (cursor.accept(name)) {
        return future
            ? new Target(underscored, Optional.empty(), Optional.of(container()))
            : new Target(
                underscored,
                parts == 0 ? Optional.empty() : Optional.of(cursor.name(parts)),
                Optional.empty());
      }
    }
    throw Refusal.unknownPart(cursor.peek(), cursor.peek().source());
  }

  private Container container() {
    cursor.expect("IN");
    if (cursor.accept("DATABASE")) {
      return new Container(false, cursor.name(1));
    }
    cursor.expect("SCHEMA");
    return new Container(true, cursor.name(2));
  }
}
