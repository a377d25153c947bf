package localcloud.snowflake.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import localcloud.snowflake.catalog.Catalog;
import localcloud.snowflake.catalog.ExternalTable;
import localcloud.snowflake.catalog.Qualified;
import localcloud.snowflake.catalog.View;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.SqlType;
import localcloud.snowflake.sql.Statement;
import localcloud.snowflake.sql.Statement.ShowScope;

/**
 * SHOW, with the columns of <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/show-external-tables">SHOW EXTERNAL
 * TABLES</a>, <a href="https://docs.snowflake.com/en/sql-reference/sql/show-stages">SHOW STAGES</a>
 * and so on.
 */
final class Shows {

  private static final String OWNER = "ACCOUNTADMIN";

  private final Catalog catalog;
  private final Stages stages;

  Shows(Catalog catalog, Stages stages) {
    this.catalog = catalog;
    this.stages = stages;
  }

  Result show(Statement.Show show, Session session) {
    Filter filter = filter(show, session);
    return switch (show.kind()) {
      case DATABASE -> databases(filter, session);
      case SCHEMA -> schemas(filter, session);
      case STAGE -> stagesOf(filter);
      case FILE_FORMAT -> formats(filter);
      case EXTERNAL_TABLE -> tables(filter);
      case VIEW -> views(filter);
      case TABLE -> throw Refusal.unknownStatement("SHOW TABLES");
    };
  }

  /** The filter of SHOW: empty means any. */
  private record Filter(
      Optional<String> database, Optional<String> schema, Optional<Pattern> like) {

    boolean allows(Qualified name) {
      return isIn(name.database(), name.schema()) && isLike(name.name());
    }

    boolean isIn(String inDatabase, String inSchema) {
      return (database.isEmpty() || database.get().equals(inDatabase))
          && (schema.isEmpty() || schema.get().equals(inSchema));
    }

    boolean isLike(String name) {
      return like.isEmpty() || like.get().matcher(name).matches();
    }
  }

  private Filter filter(Statement.Show show, Session session) {
    Optional<Pattern> like = show.like().map(Shows::like);
    ShowScope scope = show.scope();
    if (scope instanceof ShowScope.Account) {
      return new Filter(Optional.empty(), Optional.empty(), like);
    }
    if (scope instanceof ShowScope.InDatabase in) {
      Optional<String> database = in.name().or(session::database);
      if (database.isPresent() && !catalog.hasDatabase(database.get())) {
        throw Refusal.missingOrNotPerformable();
      }
      return new Filter(database, Optional.empty(), like);
    }
    if (scope instanceof ShowScope.InSchema in && in.name().isPresent()) {
      List<String> parts = session.resolveSchema(in.name().get(), "SHOW").parts();
      if (!catalog.hasSchema(parts.get(0), parts.get(1))) {
        throw Refusal.missingOrNotPerformable();
      }
      return new Filter(Optional.of(parts.get(0)), Optional.of(parts.get(1)), like);
    }
    return new Filter(session.database(), session.schema(), like);
  }

  /** LIKE of SHOW ignores case. */
  private static Pattern like(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  private static List<Result.Column> columns(String... names) {
    List<Result.Column> columns = new ArrayList<>();
    columns.add(new Result.Column("created_on", SqlType.LTZ));
    columns.addAll(Result.texts(names));
    return columns;
  }

  private static String time(Instant instant) {
    return "%d.%09d".formatted(instant.getEpochSecond(), instant.getNano());
  }

  private Result databases(Filter filter, Session session) {
    List<List<String>> rows =
        catalog.databases().stream()
            .filter(d -> filter.isLike(d.name()))
            .map(
                d ->
                    Result.row(
                        time(d.created()),
                        d.name(),
                        "N",
                        session.database().equals(Optional.of(d.name())) ? "Y" : "N",
                        "",
                        OWNER,
                        d.comment(),
                        "",
                        "1",
                        "STANDARD"))
            .toList();
    return new Result(
        Result.Kind.SHOW,
        columns(
            "name",
            "is_default",
            "is_current",
            "origin",
            "owner",
            "comment",
            "options",
            "retention_time",
            "kind"),
        rows);
  }

  private Result schemas(Filter filter, Session session) {
    List<List<String>> rows =
        catalog.schemas().stream()
            .filter(
                s -> filter.database().isEmpty() || filter.database().get().equals(s.database()))
            .filter(s -> filter.isLike(s.name()))
            .map(
                s ->
                    Result.row(
                        time(s.created()),
                        s.name(),
                        "N",
                        session.schema().equals(Optional.of(s.name())) ? "Y" : "N",
                        s.database(),
                        OWNER,
                        s.comment(),
                        "",
                        "1"))
            .toList();
    return new Result(
        Result.Kind.SHOW,
        columns(
            "name",
            "is_default",
            "is_current",
            "database_name",
            "owner",
            "comment",
            "options",
            "retention_time"),
        rows);
  }

  private Result stagesOf(Filter filter) {
    List<List<String>> rows =
        catalog.stages().stream()
            .filter(s -> filter.allows(s.name()))
            .map(
                s ->
                    Result.row(
                        time(s.created()),
                        s.name().name(),
                        s.name().database(),
                        s.name().schema(),
                        s.url(),
                        "N",
                        "N",
                        OWNER,
                        s.comment(),
                        null,
                        "EXTERNAL",
                        "AWS",
                        s.storageIntegration().orElse(null)))
            .toList();
    return new Result(
        Result.Kind.SHOW,
        columns(
            "name",
            "database_name",
            "schema_name",
            "url",
            "has_credentials",
            "has_encryption_key",
            "owner",
            "comment",
            "region",
            "type",
            "cloud",
            "storage_integration"),
        rows);
  }

  private Result formats(Filter filter) {
    List<List<String>> rows =
        catalog.formats().stream()
            .filter(f -> filter.allows(f.name()))
            .map(
                f ->
                    Result.row(
                        time(f.created()),
                        f.name().name(),
                        f.name().database(),
                        f.name().schema(),
                        f.options().type(),
                        OWNER,
                        f.comment(),
                        f.options().others().toString()))
            .toList();
    return new Result(
        Result.Kind.SHOW,
        columns(
            "name", "database_name", "schema_name", "type", "owner", "comment", "format_options"),
        rows);
  }

  private Result tables(Filter filter) {
    List<List<String>> rows =
        catalog.tables().stream().filter(t -> filter.allows(t.name())).map(this::tableRow).toList();
    return new Result(
        Result.Kind.SHOW,
        columns(
            "name",
            "database_name",
            "schema_name",
            "invalid",
            "invalid_reason",
            "owner",
            "comment",
            "stage",
            "location",
            "file_format_name",
            "file_format_type",
            "cloud",
            "region",
            "notification_channel",
            "last_refreshed_on",
            "table_format",
            "last_refresh_details",
            "owner_role_type"),
        rows);
  }

  private List<String> tableRow(ExternalTable table) {
    Optional<String> invalid = invalidReason(table);
    return Result.row(
        time(table.created()),
        table.name().name(),
        table.name().database(),
        table.name().schema(),
        invalid.isPresent() ? "true" : "false",
        invalid.orElse(null),
        OWNER,
        table.comment(),
        table.stage().toString(),
        table.location(),
        table.formatName().map(Qualified::toString).orElse(""),
        table.format().type(),
        "AWS",
        null,
        null,
        null,
        "",
        null,
        "ROLE");
  }

  /** As in <a href="https://docs.snowflake.com/en/sql-reference/sql/show-views">SHOW VIEWS</a>. */
  private Result views(Filter filter) {
    List<List<String>> rows =
        catalog.relations().stream()
            .filter(View.class::isInstance)
            .map(View.class::cast)
            .filter(v -> filter.allows(v.name()))
            .map(
                v ->
                    Result.row(
                        time(v.created()),
                        v.name().name(),
                        "",
                        v.name().database(),
                        v.name().schema(),
                        OWNER,
                        v.comment(),
                        v.text(),
                        Boolean.toString(v.secure()),
                        "false",
                        "ROLE"))
            .toList();
    return new Result(
        Result.Kind.SHOW,
        columns(
            "name",
            "reserved",
            "database_name",
            "schema_name",
            "owner",
            "comment",
            "text",
            "is_secure",
            "is_materialized",
            "owner_role_type"),
        rows);
  }

  private Optional<String> invalidReason(ExternalTable table) {
    try {
      stages.of(table);
      return Optional.empty();
    } catch (Refusal invalid) {
      return Optional.of(invalid.getMessage());
    }
  }
}
