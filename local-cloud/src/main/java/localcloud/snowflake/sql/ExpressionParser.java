package localcloud.snowflake.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localcloud.snowflake.sql.Expr.Infix.Operator;

/**
 * Reads expressions, by recursive descent from OR down to the path of a VARIANT. Precedence is that
 * of <a href="https://docs.snowflake.com/en/sql-reference/operators">Snowflake's operators</a>.
 */
final class ExpressionParser {

  private final Cursor cursor;

  ExpressionParser(Cursor cursor) {
    this.cursor = cursor;
  }

  Expr expression() {
    Expr left = conjunction();
    while (cursor.accept("OR")) {
      left = new Expr.Infix(Operator.OR, left, conjunction());
    }
    return left;
  }

  List<Expr> list() {
    List<Expr> all = new ArrayList<>();
    do {
      all.add(expression());
    } while (cursor.acceptSymbol(","));
    return all;
  }

  private Expr conjunction() {
    Expr left = negation();
    while (cursor.accept("AND")) {
      left = new Expr.Infix(Operator.AND, left, negation());
    }
    return left;
  }

  private Expr negation() {
    if (cursor.accept("NOT")) {
      return new Expr.Not(negation());
    }
    return comparison();
  }

  private Expr comparison() {
    Expr left = sum();
    while (true) {
      Optional<Operator> operator = comparisonOperator();
      if (operator.isPresent()) {
        left = new Expr.Infix(operator.get(), left, sum());
      } else if (cursor.accept("IS")) {
        boolean negated = cursor.accept("NOT");
        cursor.expect("NULL");
        left = new Expr.IsNull(left, negated);
      } else if (predicateComes()) {
        left = predicate(left);
      } else {
        return left;
      }
    }
  }

  private Optional<Operator> comparisonOperator() {
    Token token = cursor.peek();
    if (token.kind() != Token.Kind.SYMBOL) {
      return Optional.empty();
    }
    Optional<Operator> operator =
        switch (token.text()) {
          case "=" -> Optional.of(Operator.EQUAL);
          case "<>", "!=" -> Optional.of(Operator.DIFFERENT);
          case "<" -> Optional.of(Operator.LESS);
          case "<=" -> Optional.of(Operator.LESS_OR_EQUAL);
          case ">" -> Optional.of(Operator.GREATER);
          case ">=" -> Optional.of(Operator.GREATER_OR_EQUAL);
          default -> Optional.empty();
        };
    operator.ifPresent(found -> cursor.take());
    return operator;
  }

  private boolean predicateComes() {
    int ahead = cursor.peek().isWord("NOT") ? 1 : 0;
    Token word = cursor.peek(ahead);
    return word.isWord("IN")
        || word.isWord("BETWEEN")
        || word.isWord("LIKE")
        || word.isWord("ILIKE");
  }

  private Expr predicate(Expr value) {
    boolean negated = cursor.accept("NOT");
    if (cursor.accept("IN")) {
      cursor.expectSymbol("(");
      if (cursor.nextAre("SELECT")) {
        throw Refusal.unknownPart(cursor.peek(), "a subquery");
      }
      List<Expr> list = list();
      cursor.expectSymbol(")");
      return new Expr.In(value, list, negated);
    }
    if (cursor.accept("BETWEEN")) {
      Expr low = sum();
      cursor.expect("AND");
      return new Expr.Between(value, low, sum(), negated);
    }
    boolean anyCase = cursor.take().isWord("ILIKE");
    if (cursor.nextAre("ANY") || cursor.nextAre("ALL")) {
      throw Refusal.unknownPart(cursor.peek(), "LIKE ANY and LIKE ALL");
    }
    Expr pattern = sum();
    Optional<Expr> escape = cursor.accept("ESCAPE") ? Optional.of(sum()) : Optional.empty();
    return new Expr.Like(value, pattern, escape, anyCase, negated);
  }

  private Expr sum() {
    Expr left = product();
    while (true) {
      if (cursor.acceptSymbol("+")) {
        left = new Expr.Infix(Operator.PLUS, left, product());
      } else if (cursor.acceptSymbol("-")) {
        left = new Expr.Infix(Operator.MINUS, left, product());
      } else if (cursor.acceptSymbol("||")) {
        left = new Expr.Infix(Operator.CONCAT, left, product());
      } else {
        return left;
      }
    }
  }

  private Expr product() {
    Expr left = signed();
    while (true) {
      if (cursor.acceptSymbol("*")) {
        left = new Expr.Infix(Operator.TIMES, left, signed());
      } else if (cursor.acceptSymbol("/")) {
        left = new Expr.Infix(Operator.DIVIDED, left, signed());
      } else if (cursor.acceptSymbol("%")) {
        left = new Expr.Infix(Operator.MODULO, left, signed());
      } else {
        return left;
      }
    }
  }

  private Expr signed() {
    if (cursor.acceptSymbol("-")) {
      return new Expr.Negative(signed());
    }
    if (cursor.acceptSymbol("+")) {
      return signed();
    }
    return postfix(primary());
  }

  /** {@code value:"a".b[0]::type}; after the first colon a dot goes further down. */
  private Expr postfix(Expr base) {
    Expr left = base;
    boolean inPath = false;
    while (true) {
      if (cursor.acceptSymbol("::")) {
        left = new Expr.Cast(left, TypeParser.type(cursor), false);
        inPath = false;
      } else if (cursor.acceptSymbol(":") || (inPath && cursor.acceptSymbol("."))) {
        left = new Expr.Field(left, key());
        inPath = true;
      } else if (cursor.acceptSymbol("[")) {
        left = new Expr.Field(left, bracketed());
        cursor.expectSymbol("]");
        inPath = true;
      } else {
        return left;
      }
    }
  }

  /** A key is case-sensitive even without quotes, so it is kept as written. */
  private Expr.Step key() {
    Token token = cursor.take();
    return switch (token.kind()) {
      case WORD -> new Expr.Step.Key(token.source());
      case QUOTED -> new Expr.Step.Key(token.text());
      case STRING, NUMBER, STAGE, BIND, SYMBOL, END -> throw Refusal.syntax(token);
    };
  }

  private Expr.Step bracketed() {
    if (cursor.peek().kind() == Token.Kind.STRING) {
      return new Expr.Step.Key(cursor.string());
    }
    return new Expr.Step.Element(cursor.integer());
  }

  private Expr primary() {
    Token token = cursor.peek();
    return switch (token.kind()) {
      case STRING -> new Expr.Text(cursor.take().text());
      case NUMBER -> new Expr.Num(cursor.take().text());
      case BIND -> {
        cursor.take();
        yield new Expr.Bind(cursor.nextBind());
      }
      case SYMBOL -> parenthesised();
      case WORD, QUOTED -> word();
      case STAGE, END -> throw Refusal.syntax(token);
    };
  }

  private Expr parenthesised() {
    cursor.expectSymbol("(");
    if (cursor.nextAre("SELECT")) {
      throw Refusal.unknownPart(cursor.peek(), "a subquery in an expression");
    }
    Expr inner = expression();
    cursor.expectSymbol(")");
    return inner;
  }

  private Expr word() {
    Token token = cursor.peek();
    if (cursor.accept("NULL")) {
      return new Expr.Null();
    }
    if (token.isWord("TRUE") || token.isWord("FALSE")) {
      return new Expr.Bool(cursor.take().isWord("TRUE"));
    }
    if (cursor.accept("CASE")) {
      return choice();
    }
    if (cursor.nextAre("CAST") || cursor.nextAre("TRY_CAST")) {
      return cast();
    }
    boolean typedText = token.isWord("DATE") || token.isWord("TIMESTAMP");
    if (typedText && cursor.peek(1).kind() == Token.Kind.STRING) {
      SqlType type = TypeParser.type(cursor);
      return new Expr.Cast(new Expr.Text(cursor.string()), type, false);
    }
    boolean call = token.kind() == Token.Kind.WORD && cursor.peek(1).isSymbol("(");
    boolean keywordCall = token.isWord("LEFT") || token.isWord("RIGHT");
    if (call && (keywordCall || cursor.isIdentifier(token))) {
      return call();
    }
    return column();
  }

  private Expr column() {
    Token at = cursor.peek();
    String first = cursor.identifier();
    if (cursor.peek().isSymbol(".") && cursor.isIdentifier(cursor.peek(1))) {
      cursor.take();
      return new Expr.Column(Optional.of(first), cursor.identifier(), at);
    }
    return new Expr.Column(Optional.empty(), first, at);
  }

  private Expr call() {
    Token at = cursor.take();
    cursor.expectSymbol("(");
    if (cursor.acceptSymbol("*")) {
      cursor.expectSymbol(")");
      return new Expr.Call(at.text(), List.of(), false, true, at);
    }
    boolean distinct = cursor.accept("DISTINCT");
    List<Expr> arguments = cursor.peek().isSymbol(")") ? List.of() : list();
    cursor.expectSymbol(")");
    if (cursor.nextAre("OVER") || cursor.nextAre("WITHIN")) {
      throw Refusal.unknownPart(cursor.peek(), "window functions");
    }
    return new Expr.Call(at.text(), arguments, distinct, false, at);
  }

  private Expr cast() {
    boolean nullOnFailure = cursor.take().isWord("TRY_CAST");
    cursor.expectSymbol("(");
    Expr value = expression();
    cursor.expect("AS");
    SqlType type = TypeParser.type(cursor);
    cursor.expectSymbol(")");
    return new Expr.Cast(value, type, nullOnFailure);
  }

  private Expr choice() {
    Optional<Expr> operand = cursor.nextAre("WHEN") ? Optional.empty() : Optional.of(expression());
    List<Expr.When> whens = new ArrayList<>();
    while (cursor.accept("WHEN")) {
      Expr condition = expression();
      cursor.expect("THEN");
      whens.add(new Expr.When(condition, expression()));
    }
    Optional<Expr> otherwise = cursor.accept("ELSE") ? Optional.of(expression()) : Optional.empty();
    cursor.expect("END");
    if (whens.isEmpty()) {
      throw Refusal.syntax(cursor.peek());
    }
    return new Expr.Case(operand, whens, otherwise);
  }
}
