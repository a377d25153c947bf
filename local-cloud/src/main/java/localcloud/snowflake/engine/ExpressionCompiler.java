package localcloud.snowflake.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import localcloud.snowflake.sql.Expr;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.SqlType;
import localcloud.snowflake.sql.SqlType.Kind;

/**
 * Turns an expression into DuckDB's SQL with its Snowflake type. Each part is generated: of the
 * user's text only quoted constants are passed on.
 */
final class ExpressionCompiler implements Expr.Visitor<Typed> {

  private final Scope scope;
  private final Binds binds;
  private final Functions functions;
  private final Function<String, Optional<Expr>> aliases;

  /**
   * @param aliases names given by the SELECT list, used if there is no such column
   */
  ExpressionCompiler(
      Scope scope, Binds binds, Functions functions, Function<String, Optional<Expr>> aliases) {
    this.scope = scope;
    this.binds = binds;
    this.functions = functions;
    this.aliases = aliases;
  }

  Typed compile(Expr expression) {
    return expression.accept(this);
  }

  /** An expression as a condition. */
  Typed condition(Expr expression) {
    return Casts.align(compile(expression), SqlType.BOOLEAN);
  }

  @Override
  public Typed visit(Expr.Null none) {
    return Typed.nothing();
  }

  @Override
  public Typed visit(Expr.Text text) {
    int length = Math.max(1, text.value().length());
    return Typed.of(Typed.quote(text.value()), new SqlType(Kind.VARCHAR, length, 0));
  }

  @Override
  public Typed visit(Expr.Num num) {
    if (num.digits().matches(".*[eE].*")) {
      return Typed.of("CAST(" + num.digits() + " AS DOUBLE)", SqlType.FLOAT);
    }
    BigDecimal value = new BigDecimal(num.digits());
    SqlType type = SqlType.number(Math.max(value.precision(), value.scale() + 1), value.scale());
    if (type.precision() > 38) {
      throw Refusal.invalid("Numeric constant out of range: " + num.digits());
    }
    return Typed.of("CAST(" + value.toPlainString() + " AS " + Casts.duckType(type) + ")", type);
  }

  @Override
  public Typed visit(Expr.Bool bool) {
    return Typed.of(bool.value() ? "TRUE" : "FALSE", SqlType.BOOLEAN);
  }

  @Override
  public Typed visit(Expr.Bind bind) {
    return binds.value(bind.index());
  }

  @Override
  public Typed visit(Expr.Column column) {
    boolean here = column.table().isEmpty() || scope.isNamed(column.table().get());
    Optional<Typed> found = here ? scope.column(column.name()) : Optional.empty();
    if (found.isPresent()) {
      return found.get();
    }
    Optional<Expr> alias =
        column.table().isEmpty() ? aliases.apply(column.name()) : Optional.empty();
    if (alias.isPresent()) {
      // An alias inside the aliased expression can only mean a column, so it ends here.
      return alias
          .get()
          .accept(new ExpressionCompiler(scope, binds, functions, any -> Optional.empty()));
    }
    Optional<Typed> session = functions.withoutParentheses(column.name());
    return session.orElseThrow(
        () ->
            Refusal.invalidIdentifier(
                column.table().map(t -> t + ".").orElse("") + column.name(), column.at()));
  }

  @Override
  public Typed visit(Expr.Field field) {
    if (field.base() instanceof Expr.Column column
        && field.step() instanceof Expr.Step.Key key
        && (column.table().isEmpty() || scope.isNamed(column.table().get()))) {
      Optional<Typed> direct = scope.field(column.name(), key.name());
      if (direct.isPresent()) {
        return direct.get();
      }
    }
    Typed base = compile(field.base());
    if (!base.isSemiStructured()) {
      throw Refusal.invalid("Invalid argument types for function 'GET': (" + base.type() + ")");
    }
    String path =
        field.step() instanceof Expr.Step.Key key
            ? "/" + key.name().replace("~", "~0").replace("/", "~1")
            : "$[" + ((Expr.Step.Element) field.step()).index() + "]";
    return Typed.variant("json_extract(" + base.json() + ", " + Typed.quote(path) + ")", "JSON");
  }

  @Override
  public Typed visit(Expr.Cast cast) {
    return Casts.cast(compile(cast.value()), cast.type(), cast.nullOnFailure());
  }

  @Override
  public Typed visit(Expr.Not not) {
    return Typed.of("(NOT " + condition(not.value()).sql() + ")", SqlType.BOOLEAN);
  }

  @Override
  public Typed visit(Expr.Negative negative) {
    Typed value = Types.numeric(compile(negative.value()));
    return Typed.of("(-" + value.sql() + ")", value.type());
  }

  @Override
  public Typed visit(Expr.Infix infix) {
    return switch (infix.operator()) {
      case AND, OR ->
          Typed.of(
              "("
                  + condition(infix.left()).sql()
                  + " "
                  + infix.operator().spelling()
                  + " "
                  + condition(infix.right()).sql()
                  + ")",
              SqlType.BOOLEAN);
      case EQUAL, DIFFERENT, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          compared(compile(infix.left()), infix.operator().spelling(), compile(infix.right()));
      case CONCAT ->
          Typed.of("(" + textOf(infix.left()) + " || " + textOf(infix.right()) + ")", SqlType.TEXT);
      case PLUS, MINUS, TIMES, DIVIDED, MODULO ->
          Types.arithmetic(infix.operator(), compile(infix.left()), compile(infix.right()));
    };
  }

  private String textOf(Expr expression) {
    return Casts.align(compile(expression), SqlType.TEXT).sql();
  }

  private static Typed compared(Typed left, String operator, Typed right) {
    List<Typed> sides = Types.comparable(List.of(left, right));
    return Typed.of(
        "(" + sides.get(0).sql() + " " + operator + " " + sides.get(1).sql() + ")",
        SqlType.BOOLEAN);
  }

  @Override
  public Typed visit(Expr.IsNull isNull) {
    return Typed.of(
        "(" + compile(isNull.value()).sql() + (isNull.negated() ? " IS NOT NULL)" : " IS NULL)"),
        SqlType.BOOLEAN);
  }

  @Override
  public Typed visit(Expr.In in) {
    Typed value = compile(in.value());
    String any =
        in.list().stream()
            .map(one -> compared(value, "=", compile(one)).sql())
            .collect(Collectors.joining(" OR ", "(", ")"));
    return Typed.of(in.negated() ? "(NOT " + any + ")" : any, SqlType.BOOLEAN);
  }

  @Override
  public Typed visit(Expr.Between between) {
    Typed value = compile(between.value());
    String inside =
        "("
            + compared(value, ">=", compile(between.low())).sql()
            + " AND "
            + compared(value, "<=", compile(between.high())).sql()
            + ")";
    return Typed.of(between.negated() ? "(NOT " + inside + ")" : inside, SqlType.BOOLEAN);
  }

  @Override
  public Typed visit(Expr.Like like) {
    String sql =
        "("
            + textOf(like.value())
            + (like.negated() ? " NOT" : "")
            + (like.anyCase() ? " ILIKE " : " LIKE ")
            + textOf(like.pattern())
            + like.escape().map(escape -> " ESCAPE " + textOf(escape)).orElse("")
            + ")";
    return Typed.of(sql, SqlType.BOOLEAN);
  }

  @Override
  public Typed visit(Expr.Case choice) {
    List<Typed> results =
        new ArrayList<>(choice.whens().stream().map(w -> compile(w.result())).toList());
    results.add(choice.otherwise().map(this::compile).orElseGet(Typed::nothing));
    SqlType type = Types.common(results);
    StringBuilder sql = new StringBuilder("(CASE");
    for (int i = 0; i < choice.whens().size(); i++) {
      Expr when = choice.whens().get(i).condition();
      String condition =
          choice
              .operand()
              .map(operand -> compared(compile(operand), "=", compile(when)).sql())
              .orElseGet(() -> condition(when).sql());
      sql.append(" WHEN ").append(condition).append(" THEN ");
      sql.append(Casts.align(results.get(i), type).sql());
    }
    sql.append(" ELSE ").append(Casts.align(results.get(results.size() - 1), type).sql());
    return Typed.of(sql.append(" END)").toString(), type);
  }

  @Override
  public Typed visit(Expr.Call call) {
    if (call.name().equals("GET_IGNORE_CASE")) {
      return fieldInAnyCase(call.arguments());
    }
    List<Typed> arguments = call.arguments().stream().map(this::compile).toList();
    return functions.call(call, arguments);
  }

  /**
   * Of an external table's VALUE and a constant only: <a
   * href="https://docs.snowflake.com/en/sql-reference/functions/get_ignore_case">GET_IGNORE_CASE</a>.
   */
  private Typed fieldInAnyCase(List<Expr> arguments) {
    if (arguments.size() == 2
        && arguments.get(0) instanceof Expr.Column column
        && arguments.get(1) instanceof Expr.Text key
        && (column.table().isEmpty() || scope.isNamed(column.table().get()))) {
      Optional<Typed> field = scope.fieldInAnyCase(column.name(), key.value());
      if (field.isPresent()) {
        return field.get();
      }
    }
    throw Refusal.unknownFunction("GET_IGNORE_CASE of anything but VALUE and a constant");
  }

  /** The bind variables of a request, by their number. */
  record Binds(Map<Integer, Typed> values) {

    /** A bind without a value, as when a statement is only described, is NULL. */
    Typed value(int index) {
      return values.getOrDefault(index, Typed.nothing());
    }
  }
}
