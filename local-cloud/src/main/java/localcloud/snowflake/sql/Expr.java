package localcloud.snowflake.sql;

import java.util.List;
import java.util.Optional;

/** An expression of Snowflake's SQL. */
public sealed interface Expr {

  /** One method for each kind, so that none can be forgotten. */
  interface Visitor<R> {
    R visit(Null none);

    R visit(Text text);

    R visit(Num num);

    R visit(Bool bool);

    R visit(Bind bind);

    R visit(Column column);

    R visit(Field field);

    R visit(Cast cast);

    R visit(Not not);

    R visit(Negative negative);

    R visit(Infix infix);

    R visit(IsNull isNull);

    R visit(In in);

    R visit(Between between);

    R visit(Like like);

    R visit(Case choice);

    R visit(Call call);
  }

  /** Calls the visitor's method for this kind. */
  <R> R accept(Visitor<R> visitor);

  /** NULL. */
  record Null() implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A string constant. */
  record Text(String value) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A number as written, without sign. */
  record Num(String digits) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** TRUE or FALSE. */
  record Bool(boolean value) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A bind variable, counted from 1. */
  record Bind(int index) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A column, with its table's name if one is given. */
  record Column(Optional<String> table, String name, Token at) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A field or an element of a VARIANT, case-sensitive. */
  record Field(Expr base, Step step) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** One step down into a VARIANT. */
  sealed interface Step {
    /** By key. */
    record Key(String name) implements Step {}

    /** By position, from 0. */
    record Element(int index) implements Step {}
  }

  /** CAST, TRY_CAST and the double colon. */
  record Cast(Expr value, SqlType type, boolean nullOnFailure) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** NOT. */
  record Not(Expr value) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The minus sign. */
  record Negative(Expr value) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Two operands and the operator between them. */
  record Infix(Operator operator, Expr left, Expr right) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }

    /** Operators between two operands, with DuckDB's spelling. */
    public enum Operator {
      OR("OR"),
      AND("AND"),
      EQUAL("="),
      DIFFERENT("<>"),
      LESS("<"),
      LESS_OR_EQUAL("<="),
      GREATER(">"),
      GREATER_OR_EQUAL(">="),
      PLUS("+"),
      MINUS("-"),
      TIMES("*"),
      DIVIDED("/"),
      MODULO("%"),
      CONCAT("||");

      private final String spelling;

      Operator(String spelling) {
        this.spelling = spelling;
      }

      /** The same operator in DuckDB. */
      public String spelling() {
        return spelling;
      }
    }
  }

  /** IS [NOT] NULL. */
  record IsNull(Expr value, boolean negated) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** [NOT] IN over a list. */
  record In(Expr value, List<Expr> list, boolean negated) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** [NOT] BETWEEN. */
  record Between(Expr value, Expr low, Expr high, boolean negated) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** [NOT] LIKE and ILIKE. */
  record Like(Expr value, Expr pattern, Optional<Expr> escape, boolean anyCase, boolean negated)
      implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** CASE in both forms. */
  record Case(Optional<Expr> operand, List<When> whens, Optional<Expr> otherwise) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** One branch of CASE. */
  record When(Expr condition, Expr result) {}

  /** A function; COUNT(*) is COUNT without arguments and with {@code star} set. */
  record Call(String name, List<Expr> arguments, boolean distinct, boolean star, Token at)
      implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }
}
