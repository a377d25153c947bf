package architecture.planted.store;

import javax.sql.DataSource;

/** Talks to a database. */
public final class AStore {
  DataSource source;
}
