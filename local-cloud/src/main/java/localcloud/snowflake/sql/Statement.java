package localcloud.snowflake.sql;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A statement that this stand-in knows. */
public sealed interface Statement {

  /** One method for each kind, so that none can be forgotten. */
  interface Visitor<R> {
    R visit(CreateDatabase createDatabase);

    R visit(CreateSchema createSchema);

    R visit(CreateStage createStage);

    R visit(CreateFileFormat createFileFormat);

    R visit(CreateExternalTable createExternalTable);

    R visit(CreateView createView);

    R visit(CreateTable createTable);

    R visit(AlterTable alterTable);

    R visit(Refresh refresh);

    R visit(Drop drop);

    R visit(Show show);

    R visit(Describe describe);

    R visit(Use use);

    R visit(SetParameters setParameters);

    R visit(UnsetParameters unsetParameters);

    R visit(Begin begin);

    R visit(Commit commit);

    R visit(Rollback rollback);

    R visit(Select select);

    R visit(Administer administer);
  }

  /** Calls the visitor's method for this kind. */
  <R> R accept(Visitor<R> visitor);

  /** How a CREATE treats a name in use. */
  enum OnConflict {
    FAIL,
    REPLACE,
    KEEP
  }

  /** Kinds of objects that have a name. */
  enum ObjectKind {
    DATABASE("Database"),
    SCHEMA("Schema"),
    STAGE("Stage"),
    FILE_FORMAT("File format"),
    EXTERNAL_TABLE("Table"),
    VIEW("View"),
    TABLE("Table");

    private final String shown;

    ObjectKind(String shown) {
      this.shown = shown;
    }

    /** Its name in Snowflake's messages. */
    public String shown() {
      return shown;
    }
  }

  /** CREATE DATABASE. */
  record CreateDatabase(String name, OnConflict onConflict, String comment) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** CREATE SCHEMA. */
  record CreateSchema(ObjectName name, OnConflict onConflict, String comment) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** CREATE STAGE over a bucket. */
  record CreateStage(
      ObjectName name,
      OnConflict onConflict,
      String url,
      Optional<String> storageIntegration,
      String comment)
      implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** CREATE FILE FORMAT. */
  record CreateFileFormat(
      ObjectName name, OnConflict onConflict, FormatOptions options, String comment)
      implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * TYPE and its options.
   *
   * @param type upper case; CSV is Snowflake's default
   * @param others upper-case names, values as written
   */
  record FormatOptions(String type, Map<String, String> others) {}

  /** FILE_FORMAT of an external table. */
  sealed interface FormatReference {
    /** Absent: CSV, because the stage's is not inherited. */
    record Absent() implements FormatReference {}

    /** FORMAT_NAME = … */
    record Named(ObjectName name) implements FormatReference {}

    /** TYPE = … */
    record Given(FormatOptions options) implements FormatReference {}
  }

  /** A column of an external table: {@code NAME TYPE AS (expression)}. */
  record ColumnDefinition(
      String name, SqlType type, Expr expression, String expressionText, boolean notNull) {}

  /** A stage with a path inside it. */
  record StageReference(ObjectName stage, String path) {}

  /** CREATE EXTERNAL TABLE. */
  record CreateExternalTable(
      ObjectName name,
      OnConflict onConflict,
      List<ColumnDefinition> columns,
      List<String> partitionBy,
      StageReference location,
      Optional<String> pattern,
      FormatReference format,
      boolean refreshOnCreate,
      boolean autoRefresh,
      String comment,
      boolean copyGrants)
      implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A column that CREATE VIEW names. */
  record ViewColumn(String name, String comment) {}

  /**
   * CREATE VIEW.
   *
   * @param columns empty if the query's own names are used
   * @param text the whole statement
   */
  record CreateView(
      ObjectName name,
      OnConflict onConflict,
      boolean secure,
      List<ViewColumn> columns,
      Query query,
      String text,
      boolean copyGrants,
      String comment)
      implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A column of a table that is not external. */
  record PlainColumn(String name, SqlType type, boolean notNull, String comment) {}

  /** CREATE TABLE of a table that is not external. */
  record CreateTable(
      ObjectName name, OnConflict onConflict, List<PlainColumn> columns, String comment)
      implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * ALTER TABLE, ALTER EXTERNAL TABLE except REFRESH, ALTER VIEW, COMMENT ON any of them.
   *
   * @param kind as in the statement; TABLE can mean an external one too
   */
  record AlterTable(ObjectKind kind, ObjectName name, boolean ifExists, TableChange change)
      implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** ALTER EXTERNAL TABLE … REFRESH. */
  record Refresh(ObjectName table, boolean ifExists, String path) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** DROP of anything that can be created. */
  record Drop(ObjectKind kind, ObjectName name, boolean ifExists) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** SHOW of anything that can be created. */
  record Show(ObjectKind kind, Optional<String> like, ShowScope scope) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The scope of SHOW. */
  sealed interface ShowScope {
    /** No IN: the current schema or database, or the account if there is none. */
    record Current() implements ShowScope {}

    /** IN ACCOUNT. */
    record Account() implements ShowScope {}

    /** IN DATABASE, the current one without a name. */
    record InDatabase(Optional<String> name) implements ShowScope {}

    /** IN SCHEMA, the current one without a name. */
    record InSchema(Optional<ObjectName> name) implements ShowScope {}
  }

  /** DESCRIBE [EXTERNAL] TABLE or VIEW, which mean the same. */
  record Describe(ObjectName table) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The object of USE. */
  enum UseKind {
    DATABASE,
    SCHEMA,
    ROLE,
    WAREHOUSE,
    SECONDARY_ROLES
  }

  /** USE. */
  record Use(UseKind kind, ObjectName name) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** ALTER SESSION SET. */
  record SetParameters(Map<String, String> values) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** ALTER SESSION UNSET. */
  record UnsetParameters(List<String> names) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** BEGIN, START TRANSACTION. */
  record Begin() implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** COMMIT. */
  record Commit() implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** ROLLBACK. */
  record Rollback() implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** SELECT. */
  record Select(Query query) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A statement about users, roles, grants, warehouses or integrations. */
  record Administer(Administration command) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }
}
