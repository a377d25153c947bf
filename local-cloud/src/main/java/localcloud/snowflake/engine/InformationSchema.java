package localcloud.snowflake.engine;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import localcloud.snowflake.access.Access;
import localcloud.snowflake.access.Securable;
import localcloud.snowflake.catalog.Catalog;
import localcloud.snowflake.catalog.Catalog.Listed;
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
 * Information Schema</a> about a database's own objects, with the columns that have a meaning here.
 * The schema's own views are not among the rows.
 */
final class InformationSchema {

  private static final String NAME = "INFORMATION_SCHEMA";

  private final Catalog catalog;
  private final Access access;
  private final String role;

  /**
   * @param role sees only objects on which it has a privilege
   */
  InformationSchema(Catalog catalog, Access access, String role) {
    this.catalog = catalog;
    this.access = access;
    this.role = role;
  }

  /** Whether this is the name of one of these views. */
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
          rows(scope, databases, seen(catalog.databases(), InformationSchema::database));
      case "SCHEMATA" ->
          rows(
              scope,
              schemata,
              seen(in(database, catalog.schemas(), Listed::database), InformationSchema::schema));
      case "TABLES" -> rows(scope, tables, relations(database, Relation.class));
      case "EXTERNAL_TABLES" ->
          rows(scope, externalTables, relations(database, ExternalTable.class));
      case "VIEWS" -> rows(scope, views, relations(database, View.class));
      case "COLUMNS" ->
          rows(
              scope,
              SchemaColumn.ROWS,
              relations(database, Relation.class).stream().flatMap(SchemaColumn::of).toList());
      case "STAGES" ->
          rows(
              scope,
              stages,
              seen(
                  in(database, catalog.stages(), stage -> stage.name().database()),
                  InformationSchema::stage));
      case "FILE_FORMATS" ->
          rows(
              scope,
              formats,
              seen(
                  in(database, catalog.formats(), format -> format.name().database()),
                  InformationSchema::format));
      default -> throw Refusal.unknownStatement("SELECT from " + NAME + "." + name.name());
    };
  }

  private <T extends Relation> List<T> relations(String database, Class<T> kind) {
    List<T> all = catalog.relations().stream().filter(kind::isInstance).map(kind::cast).toList();
    return seen(
        in(database, all, relation -> relation.name().database()), InformationSchema::relation);
  }

  private static <T> List<T> in(String database, List<T> all, Function<T, String> databaseOf) {
    return all.stream().filter(one -> databaseOf.apply(one).equals(database)).toList();
  }

  private <T> List<T> seen(List<T> all, Function<? super T, Securable> securable) {
    return all.stream().filter(one -> access.sees(role, securable.apply(one))).toList();
  }

  private static Securable database(Listed database) {
    return Securable.of(Securable.Kind.DATABASE, database.name());
  }

  private static Securable schema(Listed schema) {
    return Securable.of(Securable.Kind.SCHEMA, schema.database(), schema.name());
  }

  private static Securable relation(Relation relation) {
    return Securable.of(Securable.Kind.valueOf(relation.kind().name()), relation.name());
  }

  private static Securable stage(Stage stage) {
    return Securable.of(Securable.Kind.STAGE, stage.name());
  }

  private static Securable format(FileFormat format) {
    return Securable.of(Securable.Kind.FILE_FORMAT, format.name());
  }

  private String owner(Securable object) {
    return access.grants().owner(object).orElse(null);
  }

  private static <T> Scope rows(String alias, ValueRows<T> view, Collection<? extends T> rows) {
    return new Scope.Rows(Optional.of(alias), view.named(), view.sql(rows));
  }

  /** An empty comment is NULL. */
  private static String comment(String comment) {
    return comment.isEmpty() ? null : comment;
  }

  private final ValueRows<Listed> databases =
      new ValueRows<>(
          List.of(
              ValueRows.text("DATABASE_NAME", Listed::name),
              ValueRows.text("DATABASE_OWNER", listed -> owner(database(listed))),
              ValueRows.text("COMMENT", listed -> comment(listed.comment())),
              ValueRows.instant("CREATED", Listed::created)));

  private final ValueRows<Listed> schemata =
      new ValueRows<>(
          List.of(
              ValueRows.text("CATALOG_NAME", Listed::database),
              ValueRows.text("SCHEMA_NAME", Listed::name),
              ValueRows.text("SCHEMA_OWNER", listed -> owner(schema(listed))),
              ValueRows.instant("CREATED", Listed::created),
              ValueRows.text("COMMENT", listed -> comment(listed.comment()))));

  private final ValueRows<Relation> tables =
      new ValueRows<>(
          List.of(
              ValueRows.text("TABLE_CATALOG", relation -> relation.name().database()),
              ValueRows.text("TABLE_SCHEMA", relation -> relation.name().schema()),
              ValueRows.text("TABLE_NAME", relation -> relation.name().name()),
              ValueRows.text("TABLE_OWNER", relation -> owner(relation(relation))),
              ValueRows.text("TABLE_TYPE", InformationSchema::type),
              ValueRows.instant("CREATED", Relation::created),
              ValueRows.text("COMMENT", relation -> comment(relation.comment()))));

  private static String type(Relation relation) {
    return relation.kind() == ObjectKind.TABLE
        ? "BASE TABLE"
        : relation.kind().name().replace('_', ' ');
  }

  private final ValueRows<ExternalTable> externalTables =
      new ValueRows<>(
          List.of(
              ValueRows.text("TABLE_CATALOG", table -> table.name().database()),
              ValueRows.text("TABLE_SCHEMA", table -> table.name().schema()),
              ValueRows.text("TABLE_NAME", table -> table.name().name()),
              ValueRows.text("TABLE_OWNER", table -> owner(relation(table))),
              ValueRows.instant("CREATED", ExternalTable::created),
              ValueRows.text("COMMENT", table -> comment(table.comment())),
              ValueRows.text("LOCATION", ExternalTable::location),
              ValueRows.text(
                  "FILE_FORMAT_NAME",
                  table -> table.formatName().map(Qualified::toString).orElse(null)),
              ValueRows.text("FILE_FORMAT_TYPE", table -> table.format().type())));

  private final ValueRows<View> views =
      new ValueRows<>(
          List.of(
              ValueRows.text("TABLE_CATALOG", view -> view.name().database()),
              ValueRows.text("TABLE_SCHEMA", view -> view.name().schema()),
              ValueRows.text("TABLE_NAME", view -> view.name().name()),
              ValueRows.text("TABLE_OWNER", view -> owner(relation(view))),
              ValueRows.text("VIEW_DEFINITION", View::text),
              ValueRows.text("IS_SECURE", view -> view.secure() ? "YES" : "NO"),
              ValueRows.instant("CREATED", View::created),
              ValueRows.text("COMMENT", view -> comment(view.comment()))));

  private final ValueRows<Stage> stages =
      new ValueRows<>(
          List.of(
              ValueRows.text("STAGE_CATALOG", stage -> stage.name().database()),
              ValueRows.text("STAGE_SCHEMA", stage -> stage.name().schema()),
              ValueRows.text("STAGE_NAME", stage -> stage.name().name()),
              ValueRows.text("STAGE_URL", Stage::url),
              ValueRows.text("STAGE_TYPE", stage -> "External Named"),
              ValueRows.text("STAGE_OWNER", stage -> owner(stage(stage))),
              ValueRows.text("COMMENT", stage -> comment(stage.comment())),
              ValueRows.instant("CREATED", Stage::created)));

  private final ValueRows<FileFormat> formats =
      new ValueRows<>(
          List.of(
              ValueRows.text("FILE_FORMAT_CATALOG", format -> format.name().database()),
              ValueRows.text("FILE_FORMAT_SCHEMA", format -> format.name().schema()),
              ValueRows.text("FILE_FORMAT_NAME", format -> format.name().name()),
              ValueRows.text("FILE_FORMAT_OWNER", format -> owner(format(format))),
              ValueRows.text("FILE_FORMAT_TYPE", format -> format.options().type()),
              ValueRows.text("COMMENT", format -> comment(format.comment())),
              ValueRows.instant("CREATED", FileFormat::created)));
}
