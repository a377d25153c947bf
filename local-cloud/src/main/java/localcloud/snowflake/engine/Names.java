package localcloud.snowflake.engine;

import localcloud.snowflake.catalog.Qualified;
import localcloud.snowflake.sql.ObjectName;

/** Resolves a query's names to full ones. */
interface Names {

  /** The full name of a table or view. */
  Qualified resolve(ObjectName name);

  /** Relative to the session's database and schema. */
  static Names of(Session session) {
    return name -> session.resolve(name, "SELECT");
  }

  /**
   * Relative to the view's own schema, whatever the session uses: <a
   * href="https://docs.snowflake.com/en/sql-reference/sql/create-view#usage-notes">CREATE VIEW,
   * usage notes</a>.
   */
  static Names inside(Qualified view) {
    return name ->
        switch (name.parts().size()) {
          case 3 -> new Qualified(name.parts().get(0), name.parts().get(1), name.last());
          case 2 -> new Qualified(view.database(), name.parts().get(0), name.last());
          default -> new Qualified(view.database(), view.schema(), name.last());
        };
  }
}
