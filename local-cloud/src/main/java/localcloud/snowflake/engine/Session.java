package localcloud.snowflake.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import localcloud.snowflake.catalog.Catalog;
import localcloud.snowflake.catalog.ExternalTable;
import localcloud.snowflake.catalog.FileChange;
import localcloud.snowflake.catalog.FileEvent;
import localcloud.snowflake.catalog.Qualified;
import localcloud.snowflake.catalog.RegisteredFile;
import localcloud.snowflake.sql.ObjectName;
import localcloud.snowflake.sql.Refusal;

/**
 * One sign-in: its current objects, its parameters, and its transaction, if any. Statements of one
 * session run one after the other.
 *
 * <p>Transactions follow <a
 * href="https://docs.snowflake.com/en/sql-reference/transactions">Transactions</a>: what a REFRESH
 * registers belongs to the open transaction, if there is one or autocommit is off.
 */
public final class Session {

  private final long id;
  private final String user;
  private final Map<String, String> parameters = new HashMap<>();
  private final Map<Long, List<FileChange>> uncommitted = new HashMap<>();
  private final Map<Long, List<FileEvent>> untold = new HashMap<>();
  private boolean inTransaction;
  private String role;
  private Optional<String> warehouse;
  private Optional<String> database = Optional.empty();
  private Optional<String> schema = Optional.empty();
  private Optional<String> lastQueryId = Optional.empty();

  /** A new session without a current database. */
  public Session(long id, String user, String role, Optional<String> warehouse) {
    this.id = id;
    this.user = user;
    this.role = role;
    this.warehouse = warehouse;
  }

  /** The answer to CURRENT_SESSION(). */
  public long id() {
    return id;
  }

  /** The user's name in upper case. */
  public String user() {
    return user;
  }

  /** The current role. */
  public String role() {
    return role;
  }

  /** USE ROLE. */
  void useRole(String name) {
    role = name;
  }

  /** The current warehouse. */
  public Optional<String> warehouse() {
    return warehouse;
  }

  /** USE WAREHOUSE. */
  void useWarehouse(String name) {
    warehouse = Optional.of(name);
  }

  /** The current database. */
  public Optional<String> database() {
    return database;
  }

  /** The current schema. */
  public Optional<String> schema() {
    return schema;
  }

  /** Makes a database current, and a schema if one is given. */
  public void use(String newDatabase, Optional<String> newSchema) {
    database = Optional.of(newDatabase);
    schema = newSchema;
  }

  /** Forgets dropped objects. */
  void forgetDropped(Catalog catalog) {
    if (database.isPresent() && !catalog.hasDatabase(database.get())) {
      database = Optional.empty();
      schema = Optional.empty();
    }
    if (schema.isPresent() && !catalog.hasSchema(database.orElse(""), schema.get())) {
      schema = Optional.empty();
    }
  }

  /** The id of the statement before this one. */
  public Optional<String> lastQueryId() {
    return lastQueryId;
  }

  /** Records the last statement. */
  public void ran(String queryId) {
    lastQueryId = Optional.of(queryId);
  }

  /** The value of a session parameter that has been set. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** ALTER SESSION SET. */
  public void set(String name, String value) {
    parameters.put(name.toUpperCase(Locale.ROOT), value);
  }

  /** ALTER SESSION UNSET. */
  void unset(String name) {
    parameters.remove(name);
  }

  /** Whether each statement commits by itself, unless BEGIN came before. */
  public boolean autocommit() {
    return parameter("AUTOCOMMIT").map(v -> v.equalsIgnoreCase("true")).orElse(true);
  }

  /** BEGIN; inside a transaction it does nothing. */
  void begin() {
    inTransaction = true;
  }

  /** COMMIT, also what a DDL statement does before it runs. */
  void commit(Catalog catalog) {
    catalog.commit(uncommitted, untold);
    rollback();
  }

  /** ROLLBACK, also of a transaction whose session ends. */
  void rollback() {
    uncommitted.clear();
    untold.clear();
    inTransaction = false;
  }

  /** Adds changes to the open transaction, or commits them at once. */
  void register(ExternalTable table, Refreshes.Outcome outcome, Catalog catalog) {
    uncommitted.computeIfAbsent(table.id(), any -> new ArrayList<>()).addAll(outcome.changes());
    untold.computeIfAbsent(table.id(), any -> new ArrayList<>()).addAll(outcome.events());
    if (autocommit() && !inTransaction) {
      commit(catalog);
    }
  }

  /** A table's files in this session: the committed ones, then its own changes. */
  SortedMap<String, RegisteredFile> files(ExternalTable table, Catalog catalog) {
    return Catalog.changed(
        catalog.files(table), uncommitted.getOrDefault(table.id(), Collections.emptyList()));
  }

  /** The full name of something in a schema, from the written name and the current schema. */
  Qualified resolve(ObjectName name, String operation) {
    List<String> parts = name.parts();
    return switch (parts.size()) {
      case 3 -> new Qualified(parts.get(0), parts.get(1), parts.get(2));
      case 2 -> new Qualified(currentDatabase(operation), parts.get(0), parts.get(1));
      default -> {
        String inDatabase = currentDatabase(operation);
        yield new Qualified(
            inDatabase, schema.orElseThrow(() -> Refusal.noCurrentSchema(operation)), parts.get(0));
      }
    };
  }

  /** The full name of a schema. */
  ObjectName resolveSchema(ObjectName name, String operation) {
    return name.parts().size() == 2 ? name : ObjectName.of(currentDatabase(operation), name.last());
  }

  private String currentDatabase(String operation) {
    return database.orElseThrow(() -> Refusal.noCurrentDatabase(operation));
  }
}
