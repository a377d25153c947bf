package localcloud.snowflake.catalog;

import java.time.Instant;
import java.util.List;
import localcloud.snowflake.sql.Statement.ObjectKind;

/**
 * An ordinary Snowflake table, which never has rows here: it only occupies its name.
 *
 * @param id distinguishes a table from an earlier one with its name
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
