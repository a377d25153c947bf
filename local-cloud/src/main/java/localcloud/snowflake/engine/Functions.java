package localcloud.snowflake.engine;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import localcloud.snowflake.sql.Expr;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.SqlType;
import localcloud.snowflake.sql.SqlType.Kind;

/**
 * The functions that are known, each translated so that DuckDB does what Snowflake's <a
 * href="https://docs.snowflake.com/en/sql-reference/functions-all">reference</a> says. Any other is
 * refused with 002141 rather than passed on under the same name.
 */
final class Functions {

  /** The answer to CURRENT_VERSION(). */
  static final String VERSION = "9.0.0 local-stand-in";

  private static final Set<String> WITHOUT_PARENTHESES =
      Set.of("CURRENT_DATE", "CURRENT_TIMESTAMP", "LOCALTIMESTAMP", "CURRENT_USER");

  private static final Set<String> DATE_PARTS =
      Set.of("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([0-9])}");

  private final Session session;
  private final Clock clock;

  Functions(Session session, Clock clock) {
    this.session = session;
    this.clock = clock;
  }

  Optional<Typed> withoutParentheses(String name) {
    return WITHOUT_PARENTHESES.contains(name) ? ofSession(name) : Optional.empty();
  }

  Typed call(Expr.Call call, List<Typed> arguments) {
    Optional<Typed> aggregate = Aggregates.call(call, arguments);
    if (aggregate.isPresent()) {
      return aggregate.get();
    }
    if (call.distinct() || call.star()) {
      throw Refusal.unknownFunction(call.name());
    }
    if (arguments.isEmpty()) {
      return ofSession(call.name()).orElseThrow(() -> Refusal.unknownFunction(call.name()));
    }
    if (call.name().equals("REGEXP_SUBSTR")) {
      return Regexps.substr(call.arguments(), arguments)
          .orElseThrow(() -> Refusal.unknownFunction(call.name()));
    }
    return onText(call.name(), arguments)
        .or(() -> onNumbers(call.name(), call.arguments(), arguments))
        .or(() -> choices(call.name(), arguments))
        .or(() -> conversions(call.name(), arguments))
        .or(() -> dates(call.name(), call.arguments(), arguments))
        .orElseThrow(
            () ->
                Refusal.unknownFunction(call.name() + " with " + arguments.size() + " arguments"));
  }

  private Optional<Typed> ofSession(String name) {
    return switch (name) {
      case "CURRENT_VERSION" -> text(Optional.of(VERSION));
      case "CURRENT_DATABASE" -> text(session.database());
      case "CURRENT_SCHEMA" -> text(session.schema());
      case "CURRENT_ROLE" -> text(Optional.of(session.role()));
      case "CURRENT_WAREHOUSE" -> text(session.warehouse());
      case "CURRENT_USER" -> text(Optional.of(session.user()));
      case "CURRENT_ACCOUNT" -> text(Optional.of("LOCAL"));
      case "CURRENT_REGION" -> text(Optional.of("LOCAL"));
      case "CURRENT_SESSION" -> text(Optional.of(Long.toString(session.id())));
      case "LAST_QUERY_ID" -> text(session.lastQueryId());
      case "CURRENT_TIMESTAMP", "LOCALTIMESTAMP", "SYSDATE", "GETDATE" ->
          Optional.of(Typed.of(now(), SqlType.LTZ));
      case "CURRENT_DATE" -> Optional.of(Typed.of("CAST(" + now() + " AS DATE)", SqlType.DATE));
      default -> Optional.empty();
    };
  }

  private String now() {
    return "CAST('" + clock.instant() + "' AS TIMESTAMP WITH TIME ZONE)";
  }

  private static Optional<Typed> text(Optional<String> value) {
    return Optional.of(
        Typed.of(value.map(Typed::quote).orElse("CAST(NULL AS VARCHAR)"), SqlType.TEXT));
  }

  private static Optional<Typed> onText(String name, List<Typed> arguments) {
    Map<String, String> templates = TEXT_TEMPLATES.getOrDefault(arguments.size(), Map.of());
    String template = templates.get(name);
    if (template == null) {
      return Optional.empty();
    }
    int colon = template.indexOf(':');
    String kinds = template.substring(0, colon);
    String sql = template.substring(colon + 1);
    // In one pass, because an operand can be a text with {1} in it.
    String filled =
        PLACEHOLDER
            .matcher(sql)
            .replaceAll(
                place -> {
                  int i = Integer.parseInt(place.group(1));
                  return Matcher.quoteReplacement(operand(arguments.get(i), kinds.charAt(i)));
                });
    return Optional.of(Typed.of(filled, typeOf(kinds.charAt(arguments.size()))));
  }

  private static String operand(Typed value, char kind) {
    return switch (kind) {
      case 'T' -> Casts.align(value, SqlType.TEXT).sql();
      case 'N' -> "CAST(" + Types.numeric(value).sql() + " AS INTEGER)";
      default -> throw new IllegalStateException("No such kind of operand: " + kind);
    };
  }

  private static SqlType typeOf(char kind) {
    return switch (kind) {
      case 'T' -> SqlType.TEXT;
      case 'N' -> SqlType.number(18, 0);
      case 'B' -> SqlType.BOOLEAN;
      default -> throw new IllegalStateException("No such kind of result: " + kind);
    };
  }

  /** By number of arguments: T text, N whole number, B truth; the last letter is the result's. */
  private static final Map<Integer, Map<String, String>> TEXT_TEMPLATES =
      Map.of(
          1,
          Map.of(
              "UPPER", "TT:upper({0})",
              "LOWER", "TT:lower({0})",
              "LENGTH", "TN:length({0})",
              "LEN", "TN:length({0})",
              "TRIM", "TT:trim({0}, ' ')",
              "LTRIM", "TT:ltrim({0}, ' ')",
              "RTRIM", "TT:rtrim({0}, ' ')",
              "REVERSE", "TT:reverse({0})",
              "MD5", "TT:md5({0})"),
          2,
          Map.of(
              "TRIM", "TTT:trim({0}, {1})",
              "LTRIM", "TTT:ltrim({0}, {1})",
              "RTRIM", "TTT:rtrim({0}, {1})",
              "STARTSWITH", "TTB:starts_with({0}, {1})",
              "ENDSWITH", "TTB:ends_with({0}, {1})",
              "CONTAINS", "TTB:contains({0}, {1})",
              "LEFT", "TNT:left({0}, greatest({1}, 0))",
              "RIGHT", "TNT:right({0}, greatest({1}, 0))",
              "SUBSTR", "TNT:substr({0}, CASE WHEN {1} = 0 THEN 1 ELSE {1} END)"),
          3,
          Map.of(
              "SUBSTR", "TNNT:substr({0}, CASE WHEN {1} = 0 THEN 1 ELSE {1} END, greatest({2}, 0))",
              "SUBSTRING",
                  "TNNT:substr({0}, CASE WHEN {1} = 0 THEN 1 ELSE {1} END, greatest({2}, 0))",
              "REPLACE", "TTTT:replace({0}, {1}, {2})",
              "REGEXP_REPLACE", "TTTT:regexp_replace({0}, {1}, {2}, 'g')",
              "SPLIT_PART", "TTNT:split_part({0}, {1}, CASE WHEN {2} = 0 THEN 1 ELSE {2} END)"));

  private static Optional<Typed> onNumbers(String name, List<Expr> written, List<Typed> arguments) {
    Set<String> known = Set.of("ABS", "FLOOR", "CEIL", "ROUND", "SQRT", "SIGN", "MOD");
    boolean two = arguments.size() == 2 && (name.equals("ROUND") || name.equals("MOD"));
    if (!known.contains(name) || !(two || (arguments.size() == 1 && !name.equals("MOD")))) {
      return Optional.empty();
    }
    Typed value = Types.numeric(arguments.get(0));
    if (name.equals("MOD")) {
      return Optional.of(
          Types.arithmetic(Expr.Infix.Operator.MODULO, value, Types.numeric(arguments.get(1))));
    }
    if (name.equals("SQRT")) {
      return Optional.of(Typed.of("sqrt(CAST(" + value.sql() + " AS DOUBLE))", SqlType.FLOAT));
    }
    String places = two ? ", CAST(" + Types.numeric(arguments.get(1)).sql() + " AS INTEGER)" : "";
    String sql = name.toLowerCase(Locale.ROOT) + "(" + value.sql() + places + ")";
    SqlType type = value.type();
    if (type.kind() == Kind.NUMBER && !name.equals("ABS")) {
      boolean toPlaces = two && written.get(1) instanceof Expr.Num;
      int kept = toPlaces ? Integer.parseInt(((Expr.Num) written.get(1)).digits()) : 0;
      int scale = two && !toPlaces ? type.scale() : Math.min(type.scale(), kept);
      int lead = type.precision() - type.scale() + 1;
      type = SqlType.number(Math.min(38, lead + scale), scale);
    }
    return Optional.of(Typed.of("CAST(" + sql + " AS " + Casts.duckType(type) + ")", type));
  }

  private static Optional<Typed> choices(String name, List<Typed> arguments) {
    int size = arguments.size();
    return switch (name) {
      case "COALESCE" -> size < 2 ? Optional.empty() : Optional.of(coalesce(arguments));
      case "NVL", "IFNULL" -> size != 2 ? Optional.empty() : Optional.of(coalesce(arguments));
      case "ZEROIFNULL" ->
          size != 1
              ? Optional.empty()
              : Optional.of(
                  coalesce(List.of(arguments.get(0), Typed.of("0", SqlType.number(1, 0)))));
      case "IFF" -> size != 3 ? Optional.empty() : Optional.of(iff(arguments));
      case "NULLIF" -> {
        if (size != 2) {
          yield Optional.empty();
        }
        List<Typed> sides = Types.comparable(arguments);
        String equal = sides.get(0).sql() + " = " + sides.get(1).sql();
        Typed first = arguments.get(0);
        yield Optional.of(
            new Typed(
                "(CASE WHEN " + equal + " THEN NULL ELSE " + first.sql() + " END)",
                first.type(),
                first.duck(),
                false));
      }
      case "CONCAT" ->
          Optional.of(
              Typed.of(
                  arguments.stream()
                      .map(a -> Casts.align(a, SqlType.TEXT).sql())
                      .collect(Collectors.joining(" || ", "(", ")")),
                  SqlType.TEXT));
      default -> Optional.empty();
    };
  }

  private static Typed coalesce(List<Typed> arguments) {
    SqlType type = Types.common(arguments);
    return Typed.of(
        arguments.stream()
            .map(a -> type.kind().isSemiStructured() ? a.json() : Casts.align(a, type).sql())
            .collect(Collectors.joining(", ", "coalesce(", ")")),
        type);
  }

  private static Typed iff(List<Typed> arguments) {
    List<Typed> results = arguments.subList(1, 3);
    SqlType type = Types.common(results);
    return Typed.of(
        "(CASE WHEN "
            + Casts.align(arguments.get(0), SqlType.BOOLEAN).sql()
            + " THEN "
            + Casts.align(results.get(0), type).sql()
            + " ELSE "
            + Casts.align(results.get(1), type).sql()
            + " END)",
        type);
  }

  private static Optional<Typed> conversions(String name, List<Typed> arguments) {
    boolean attempt = name.startsWith("TRY_TO_");
    SqlType to =
        switch (attempt ? name.substring(4) : name) {
          case "TO_DATE", "DATE" -> SqlType.DATE;
          case "TO_TIMESTAMP", "TO_TIMESTAMP_NTZ" -> SqlType.NTZ;
          case "TO_TIMESTAMP_LTZ" -> SqlType.LTZ;
          case "TO_TIMESTAMP_TZ" -> SqlType.TZ;
          case "TO_NUMBER", "TO_DECIMAL", "TO_NUMERIC" -> SqlType.number(38, 0);
          case "TO_DOUBLE" -> SqlType.FLOAT;
          case "TO_VARCHAR", "TO_CHAR" -> SqlType.TEXT;
          case "TO_BOOLEAN" -> SqlType.BOOLEAN;
          case "TO_VARIANT" -> SqlType.VARIANT;
          default -> null;
        };
    return to == null || arguments.size() != 1
        ? Optional.empty()
        : Optional.of(Casts.cast(arguments.get(0), to, attempt));
  }

  private static Optional<Typed> dates(String name, List<Expr> written, List<Typed> arguments) {
    if (DATE_PARTS.contains(name) && arguments.size() == 1) {
      return Optional.of(datePart(name, arguments.get(0)));
    }
    if (arguments.size() != 2 || !(name.equals("DATE_PART") || name.equals("DATE_TRUNC"))) {
      return Optional.empty();
    }
    String part =
        written.get(0) instanceof Expr.Text text ? text.value().toUpperCase(Locale.ROOT) : "";
    if (!DATE_PARTS.contains(part)) {
      throw Refusal.invalid("'" + part + "' is not a known part for " + name);
    }
    if (name.equals("DATE_PART")) {
      return Optional.of(datePart(part, arguments.get(1)));
    }
    if (arguments.get(1).type().kind() == Kind.TIMESTAMP_TZ) {
      throw Refusal.unknownFunction("DATE_TRUNC of a TIMESTAMP_TZ");
    }
    Typed moment = moment(arguments.get(1));
    String truncated = "date_trunc('" + part.toLowerCase(Locale.ROOT) + "', " + moment.sql() + ")";
    return Optional.of(
        Typed.of(
            "CAST(" + truncated + " AS " + Casts.duckType(moment.type()) + ")", moment.type()));
  }

  private static Typed datePart(String part, Typed value) {
    return Typed.of(
        "date_part('" + part.toLowerCase(Locale.ROOT) + "', " + moment(value).sql() + ")",
        SqlType.number(4, 0));
  }

  /** The parts of a TIMESTAMP_TZ use its own offset. */
  private static Typed moment(Typed value) {
    Kind kind = value.type().kind();
    boolean already = kind == Kind.DATE || kind == Kind.TIMESTAMP_NTZ || kind == Kind.TIMESTAMP_LTZ;
    return already ? value : Casts.cast(value, SqlType.NTZ, false);
  }
}
