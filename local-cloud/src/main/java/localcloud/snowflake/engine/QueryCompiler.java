package localcloud.snowflake.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import localcloud.snowflake.engine.ExpressionCompiler.Binds;
import localcloud.snowflake.sql.Expr;
import localcloud.snowflake.sql.Query;
import localcloud.snowflake.sql.Refusal;

/** Turns one SELECT into DuckDB's SQL, whose columns are called o0, o1 … in order. */
final class QueryCompiler {

  /** DuckDB's SQL and Snowflake's columns; their own SQL is o0, o1 … */
  record Compiled(String sql, List<Scope.Named> columns) {}

  private final Query query;
  private final Scope scope;
  private final ExpressionCompiler columnsFirst;
  private final List<Scope.Named> items = new ArrayList<>();

  QueryCompiler(Query query, Scope scope, Binds binds, Functions functions) {
    this.query = query;
    this.scope = scope;
    this.columnsFirst = new ExpressionCompiler(scope, binds, functions, this::aliased);
  }

  private Optional<Expr> aliased(String name) {
    for (Query.Item item : query.items()) {
      if (item instanceof Query.Item.One one && one.alias().equals(Optional.of(name))) {
        return Optional.of(one.value());
      }
    }
    return Optional.empty();
  }

  Compiled compile() {
    for (Query.Item item : query.items()) {
      if (item instanceof Query.Item.One one) {
        items.add(new Scope.Named(one.label(), columnsFirst.compile(one.value())));
      } else if (query.from() instanceof Query.Source.None) {
        throw Refusal.unknownStatement("SELECT * without FROM");
      } else {
        items.addAll(scope.all());
      }
    }
    StringBuilder rest = new StringBuilder();
    query.where().ifPresent(w -> rest.append(" WHERE ").append(columnsFirst.condition(w).sql()));
    if (!query.groupBy().isEmpty()) {
      rest.append(" GROUP BY ");
      rest.append(query.groupBy().stream().map(this::groupKey).collect(Collectors.joining(", ")));
    }
    query.having().ifPresent(h -> rest.append(" HAVING ").append(columnsFirst.condition(h).sql()));
    if (!query.orderBy().isEmpty()) {
      rest.append(" ORDER BY ");
      rest.append(query.orderBy().stream().map(this::orderKey).collect(Collectors.joining(", ")));
    }
    query.limit().ifPresent(l -> rest.append(" LIMIT ").append(count(l)));
    query.offset().ifPresent(o -> rest.append(" OFFSET ").append(count(o)));
    // The scope is asked for its FROM last: only now does it know which columns are used.
    String sql =
        "SELECT " + (query.distinct() ? "DISTINCT " : "") + selected() + scope.from() + rest;
    return new Compiled(sql, named());
  }

  private String selected() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      all.add(items.get(i).value().sql() + " AS o" + i);
    }
    return String.join(", ", all);
  }

  private List<Scope.Named> named() {
    List<Scope.Named> all = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Typed value = items.get(i).value();
      all.add(
          new Scope.Named(
              items.get(i).name(), new Typed("o" + i, value.type(), value.duck(), false)));
    }
    return all;
  }

  private String groupKey(Expr key) {
    if (key instanceof Expr.Num num) {
      return items.get(ordinal(num)).value().sql();
    }
    return columnsFirst.compile(key).sql();
  }

  /** In ORDER BY an alias comes before a column of the same name. */
  private String orderKey(Query.Order order) {
    String key;
    if (order.value() instanceof Expr.Num num) {
      key = "o" + ordinal(num);
    } else {
      key = byAlias(order.value()).orElseGet(() -> columnsFirst.compile(order.value()).sql());
    }
    return key
        + (order.descending() ? " DESC" : " ASC")
        + (order.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
  }

  private Optional<String> byAlias(Expr value) {
    if (value instanceof Expr.Column column && column.table().isEmpty()) {
      for (int i = 0; i < items.size(); i++) {
        if (items.get(i).name().equals(column.name())) {
          return Optional.of("o" + i);
        }
      }
    }
    return Optional.empty();
  }

  private int ordinal(Expr.Num num) {
    int position = num.digits().matches("[0-9]{1,6}") ? Integer.parseInt(num.digits()) : 0;
    if (position < 1 || position > items.size()) {
      throw Refusal.invalid(
          "ORDER BY or GROUP BY ordinal " + num.digits() + " is out of range 1 to " + items.size());
    }
    return position - 1;
  }

  private String count(Expr expression) {
    Typed value = columnsFirst.compile(expression);
    if (!(expression instanceof Expr.Num) && !(expression instanceof Expr.Bind)) {
      throw Refusal.invalid("LIMIT and OFFSET take a constant");
    }
    return "CAST(" + value.sql() + " AS BIGINT)";
  }
}
