package testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** A JDBC driver of one connection whose statements have no rows; it remembers them. */
public final class SilentDriver {

  private final List<String> executed = new CopyOnWriteArrayList<>();
  private final Map<String, SQLException> refusals = new HashMap<>();
  private final Connection connection = connection(statement());

  /** It refuses a statement from now on. */
  public void refuse(String sql, SQLException refusal) {
    refusals.put(sql, refusal);
  }

  /** What it was sent, in order. */
  public List<String> executed() {
    return List.copyOf(executed);
  }

  /** Gives its connection, which no closing closes. */
  public DataSource source() {
    return proxy(DataSource.class, (self, method, arguments) -> connection);
  }

  private Statement statement() {
    return proxy(
        Statement.class,
        (self, method, arguments) -> {
          if (method.getName().equals("execute")) {
            executed.add((String) arguments[0]);
            if (refusals.containsKey(arguments[0])) {
              throw refusals.get(arguments[0]);
            }
          }
          return none(method.getReturnType());
        });
  }

  private static Connection connection(Statement statement) {
    return proxy(
        Connection.class,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "createStatement" -> statement;
              case "unwrap" -> self;
              case "hashCode" -> 1;
              case "equals" -> self == arguments[0];
              default -> none(method.getReturnType());
            });
  }

  private static Object none(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    return type == int.class ? 0 : null;
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
