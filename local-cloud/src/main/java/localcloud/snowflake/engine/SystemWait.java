package localcloud.snowflake.engine;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import localcloud.snowflake.sql.Expr;
import localcloud.snowflake.sql.Query;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.SqlType;

/**
 * {@code SELECT SYSTEM$WAIT(amount [, unit])} by itself: <a
 * href="https://docs.snowflake.com/en/sql-reference/functions/system_wait">SYSTEM$WAIT</a>.
 */
final class SystemWait {

  private static final String NAME = "SYSTEM$WAIT";

  private final long amount;
  private final TimeUnit unit;
  private final String label;

  private SystemWait(long amount, TimeUnit unit, String label) {
    this.amount = amount;
    this.unit = unit;
    this.label = label;
  }

  /** Empty when the query is any other. */
  static Optional<SystemWait> of(Query query) {
    boolean alone = query.from() instanceof Query.Source.None && query.items().size() == 1;
    if (alone
        && query.items().get(0) instanceof Query.Item.One one
        && one.value() instanceof Expr.Call call
        && call.name().equals(NAME)) {
      return Optional.of(of(call, one.label()));
    }
    return Optional.empty();
  }

  private static SystemWait of(Expr.Call call, String label) {
    List<Expr> arguments = call.arguments();
    boolean known =
        (arguments.size() == 1 || arguments.size() == 2)
            && arguments.get(0) instanceof Expr.Num num
            && num.digits().matches("[0-9]{1,9}");
    if (!known) {
      throw Refusal.unknownFunction(NAME + " without a whole number");
    }
    long amount = Long.parseLong(((Expr.Num) arguments.get(0)).digits());
    String unit =
        arguments.size() == 2 && arguments.get(1) instanceof Expr.Text text
            ? text.value().toUpperCase(Locale.ROOT)
            : "SECONDS";
    if (!List.of("DAYS", "HOURS", "MINUTES", "SECONDS", "MILLISECONDS").contains(unit)) {
      throw Refusal.unknownFunction(NAME + " with the unit " + unit);
    }
    return new SystemWait(amount, TimeUnit.valueOf(unit), label);
  }

  /**
   * Waits, unless it is only described.
   *
   * @throws Refusal 000604 when it is cancelled
   */
  Result run(Engine.Request request) {
    List<Result.Column> columns = List.of(new Result.Column(label, SqlType.TEXT));
    if (request.describeOnly()) {
      return new Result(Result.Kind.SELECT, columns, List.of());
    }
    CountDownLatch cancelled = new CountDownLatch(1);
    request.cancellation().onCancel(cancelled::countDown);
    try {
      if (cancelled.await(
          Duration.of(amount, unit.toChronoUnit()).toMillis(), TimeUnit.MILLISECONDS)) {
        throw Refusal.cancelled();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.cancelled();
    }
    String waited = "waited " + amount + " " + unit.name().toLowerCase(Locale.ROOT);
    return new Result(Result.Kind.SELECT, columns, List.of(List.of(waited)));
  }
}
