package localcloud.snowflake.engine;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import localcloud.snowflake.access.Securable;
import localcloud.snowflake.access.Securable.Kind;
import localcloud.snowflake.catalog.Catalog;
import localcloud.snowflake.catalog.ExternalTable;
import localcloud.snowflake.catalog.FileFormat;
import localcloud.snowflake.catalog.Qualified;
import localcloud.snowflake.catalog.Relation;
import localcloud.snowflake.catalog.Stage;
import localcloud.snowflake.catalog.View;
import localcloud.snowflake.sql.ObjectName;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.Statement.ObjectKind;

/**
 * The views of <a href="https://docs.snowflake.com/en/sql-reference/info-schema">Snowflake
 * Information Schema</a> that tell of a database's own objects, with those of their columns of
 * which something is known here. The schema's own views are not among the rows.
 */
final class InformationSchema {

  private static final String NAME = "INFORMATION_SCHEMA";

  private final Catalog catalog;
  private final Predicate<Securable> visible;

  /**
   * Over a catalog.
   *
   * @param visible whether the role that asks has any privilege on an object: others are not among
   *     the rows
   */
  InformationSchema(Catalog catalog, Predicate<Securable> visible) {
    this.catalog = catalog;
    this.visible = visible;
  }

  /** Whether a name is that of one of these views. */
  static boolean has(Qualified name) {
    return name.schema().equals(NAME);
  }

  /** One of the views; refuses what is not known. */
  Scope view(Qualified name, Optional<String> alias) {
    String database = name.database();
    if (!catalog.hasDatabase(database)) {
      throw Refusal.missing("Database", ObjectName.shown(database));
    }
    String scope = alias.orElse(name.name());
    return switch (name.name()) {
      case "DATABASES" ->
          rows(
              scope,
              DATABASES,
              seen(catalog.databases(), listed -> Securable.of(Kind.DATABASE, listed.name())));
      case "SCHEMATA" ->
          rows(
              scope,
              SCHEMATA,
              seen(
                  in(database, catalog.schemas(), Catalog.Listed::database),
                  listed -> Securable.of(Kind.SCHEMA, listed.database(), listed.name())));
      case "TABLES" -> rows(scope, TABLES, relations(database));
      case "EXTERNAL_TABLES" ->
          rows(
              scope,
              EXTERNAL_TABLES,
              seen(
                  in(database, catalog.tables(), table -> table.name().database()),
                  table -> Securable.of(Kind.EXTERNAL_TABLE, table.name())));
      case "VIEWS" ->
          rows(
              scope,
              VIEWS,
              relations(database).stream()
                  .filter(View.class::isInstance)
                  .map(View.class::cast)
                  .toList());
      case "COLUMNS" ->
          rows(
              scope,
              SchemaColumn.ROWS,
              relations(database).stream().flatMap(SchemaColumn::of).toList());
      case "STAGES" ->
          rows(
              scope,
              STAGES,
              seen(
                  in(database, catalog.stages(), stage -> stage.name().database()),
                  stage -> Securable.of(Kind.STAGE, stage.name())));
      case "FILE_FORMATS" ->
          rows(
              scope,
              FILE_FORMATS,
              seen(
                  in(database, catalog.formats(), format -> format.name().database()),
                  format -> Securable.of(Kind.FILE_FORMAT, format.name())));
      default -> throw Refusal.unknownStatement("SELECT from " + NAME + "." + name.name());
    };
  }

  private List<Relation> relations(String database) {
    return seen(
        in(database, catalog.relations(), relation -> relation.name().database()),
        relation -> Securable.of(Kind.valueOf(relation.kind().name()), relation.name()));
  }

  private <T> List<T> seen(List<T> all, Function<T, Securable> as) {
    return all.stream().filter(one -> visible.test(as.apply(one))).toList();
  }

  private static <T> List<T> in(String database, List<T> all, Function<T, String> databaseOf) {
    return all.stream().filter(one -> databaseOf.apply(one).equals(database)).toList();
  }

  private static <T> Scope rows(String alias, ValueRows<T> view, Collection<? extends T> rows) {
    return new Scope.Rows(Optional.of(alias), view.named(), view.sql(rows));
  }

  /** An empty comment is NULL. */
  private static String comment(String comment) {
    return comment.isEmpty() ? null : comment;
  }

  private static final ValueRows<Catalog.Listed> DATABASES =
      new ValueRows<>(
          List.of(
              ValueRows.text("DATABASE_NAME", Catalog.Listed::name),
              ValueRows.text("DATABASE_OWNER", listed -> Shows.OWNER),
              ValueRows.text("COMMENT", listed -> comment(listed.comment())),
              ValueRows.instant("CREATED", Catalog.Listed::created)));

  private static final ValueRows<Catalog.Listed> SCHEMATA =
      new ValueRows<>(
          List.of(
              ValueRows.text("CATALOG_NAME", Catalog.Listed::database),
              ValueRows.text("SCHEMA_NAME", Catalog.Listed::name),
              ValueRows.text("SCHEMA_OWNER", listed -> Shows.OWNER),
              ValueRows.instant("CREATED", Catalog.Listed::created),
              ValueRows.text("COMMENT", listed -> comment(listed.comment()))));

  private static final ValueRows<Relation> TABLES =
      new ValueRows<>(
          List.of(
              ValueRows.text("TABLE_CATALOG", relation -> relation.name().database()),
              ValueRows.text("TABLE_SCHEMA", relation -> relation.name().schema()),
              ValueRows.text("TABLE_NAME", relation -> relation.name().name()),
              ValueRows.text("TABLE_OWNER", relation -> Shows.OWNER),
              ValueRows.text("TABLE_TYPE", InformationSchema::type),
              ValueRows.instant("CREATED", Relation::created),
              ValueRows.text("COMMENT", relation -> comment(relation.comment()))));

  private static String type(Relation relation) {
    return relation.kind() == ObjectKind.TABLE
        ? "BASE TABLE"
        : relation.kind().name().replace('_', ' ');
  }

  private static final ValueRows<ExternalTable> EXTERNAL_TABLES =
      new ValueRows<>(
          List.of(
              ValueRows.text("TABLE_CATALOG", table -> table.name().database()),
              ValueRows.text("TABLE_SCHEMA", table -> table.name().schema()),
              ValueRows.text("TABLE_NAME", table -> table.name().name()),
              ValueRows.text("TABLE_OWNER", table -> Shows.OWNER),
              ValueRows.instant("CREATED", ExternalTable::created),
              ValueRows.text("COMMENT", table -> comment(table.comment())),
              ValueRows.text("LOCATION", ExternalTable::location),
              ValueRows.text(
                  "FILE_FORMAT_NAME",
                  table -> table.formatName().map(Qualified::toString).orElse(null)),
              ValueRows.text("FILE_FORMAT_TYPE", table -> table.format().type())));

  private static final ValueRows<View> VIEWS =
      new ValueRows<>(
          List.of(
              ValueRows.text("TABLE_CATALOG", view -> view.name().database()),
              ValueRows.text("TABLE_SCHEMA", view -> view.name().schema()),
              ValueRows.text("TABLE_NAME", view -> view.name().name()),
              ValueRows.text("TABLE_OWNER", view -> Shows.OWNER),
              ValueRows.text("VIEW_DEFINITION", View::text),
              ValueRows.text("IS_SECURE", view -> view.secure() ? "YES" : "NO"),
              ValueRows.instant("CREATED", View::created),
              ValueRows.text("COMMENT", view -> comment(view.comment()))));

  private static final ValueRows<Stage> STAGES =
      new ValueRows<>(
          List.of(
              ValueRows.text("STAGE_CATALOG", stage -> stage.name().database()),
              ValueRows.text("STAGE_SCHEMA", stage -> stage.name().schema()),
              ValueRows.text("STAGE_NAME", stage -> stage.name().name()),
              ValueRows.text("STAGE_URL", Stage::url),
              ValueRows.text("STAGE_TYPE", stage -> "External Named"),
              ValueRows.text("STAGE_OWNER", stage -> Shows.OWNER),
              ValueRows.text("COMMENT", stage -> comment(stage.comment())),
              ValueRows.instant("CREATED", Stage::created)));

  private static final ValueRows<FileFormat> FILE_FORMATS =
      new ValueRows<>(
          List.of(
              ValueRows.text("FILE_FORMAT_CATALOG", format -> format.name().database()),
              ValueRows.text("FILE_FORMAT_SCHEMA", format -> format.name().schema()),
              ValueRows.text("FILE_FORMAT_NAME", format -> format.name().name()),
              ValueRows.text("FILE_FORMAT_OWNER", format -> Shows.OWNER),
              ValueRows.text("FILE_FORMAT_TYPE", format -> format.options().type()),
              ValueRows.text("COMMENT", format -> comment(format.comment())),
              ValueRows.instant("CREATED", FileFormat::created)));
}
