package localcloud.snowflake.catalog;

import java.time.Instant;
import java.util.List;
import localcloud.snowflake.sql.Statement.ObjectKind;

/**
 * A table of Snowflake's own, which here never has a row: it is there to be in the way.
 *
 * @param id tells a table from another that once had its name
 */
public record PlainTable(
    long id, Qualified name, List<Described> described, Instant created, String comment)
    implements Relation {

  @Override
  public ObjectKind kind() {
    return ObjectKind.TABLE;
  }

  @Override
  public PlainTable named(Qualified newName) {
    return new PlainTable(id, newName, described, created, comment);
  }

  @Override
  public PlainTable commented(String newComment) {
    return new PlainTable(id, name, described, created, newComment);
  }
}
