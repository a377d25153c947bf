package localcloud.snowflake.catalog;

import java.time.Instant;
import java.util.List;
import localcloud.snowflake.sql.Query;
import localcloud.snowflake.sql.Statement.ObjectKind;

/**
 * A view: its query, and the columns that it had when the view was created.
 *
 * @param id distinguishes a view from an earlier one with its name
 * @param text the statement that created it
 * @param described names and types as found when it was created
 */
public record View(
    long id,
    Qualified name,
    Query query,
    String text,
    List<Described> described,
    boolean secure,
    Instant created,
    String comment)
    implements Relation {

  @Override
  public ObjectKind kind() {
    return ObjectKind.VIEW;
  }

  @Override
  public View named(Qualified newName) {
    return new View(id, newName, query, text, described, secure, created, comment);
  }

  @Override
  public View commented(String newComment) {
    return new View(id, name, query, text, described, secure, created, newComment);
  }

  /** The same with the columns that its query was found to have. */
  public View with(List<Described> found) {
    return new View(id, name, query, text, found, secure, created, comment);
  }
}
