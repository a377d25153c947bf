package localcloud.snowflake.engine;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import localcloud.snowflake.sql.Expr;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.SqlType;

/**
 * <a href="https://docs.snowflake.com/en/sql-reference/functions/regexp_substr">REGEXP_SUBSTR</a>:
 * subject, pattern, position, occurrence, parameters, group. Known are patterns without lookaround
 * and back-references, which Snowflake does not have either, and the parameters c, i and e.
 */
final class Regexps {

  private static final Pattern PARAMETERS = Pattern.compile("[cie]*");

  private Regexps() {}

  static Optional<Typed> substr(List<Expr> written, List<Typed> arguments) {
    int size = arguments.size();
    if (size < 2 || size > 6) {
      return Optional.empty();
    }
    String parameters = size > 4 ? parameters(written.get(4)) : "c";
    // Of two contradicting letters the last one counts.
    boolean anyCase = parameters.lastIndexOf('i') > parameters.lastIndexOf('c');
    String group = size > 5 ? whole(arguments.get(5)) : parameters.contains("e") ? "1" : "0";
    String subject = Casts.align(arguments.get(0), SqlType.TEXT).sql();
    String from = size > 2 ? "substr(" + subject + ", " + whole(arguments.get(2)) + ")" : subject;
    String all =
        "regexp_extract_all("
            + from
            + ", "
            + Casts.align(arguments.get(1), SqlType.TEXT).sql()
            + ", "
            + group
            + (anyCase ? ", 'i')" : ", 'c')");
    String occurrence = size > 3 ? whole(arguments.get(3)) : "1";
    return Optional.of(Typed.of(all + "[" + occurrence + "]", SqlType.TEXT));
  }

  private static String parameters(Expr written) {
    if (written instanceof Expr.Text text && PARAMETERS.matcher(text.value()).matches()) {
      return text.value();
    }
    throw Refusal.unknownFunction("REGEXP_SUBSTR with parameters other than 'c', 'i' and 'e'");
  }

  private static String whole(Typed value) {
    return "CAST(" + Types.numeric(value).sql() + " AS INTEGER)";
  }
}
