package localcloud.snowflake.sql;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A name of one to three parts, each as Snowflake stores it: unquoted parts in upper case, quoted
 * ones as written. See <a
 * href="https://docs.snowflake.com/en/sql-reference/identifiers-syntax">Identifier
 * requirements</a>.
 *
 * @param parts outermost first
 */
public record ObjectName(List<String> parts) {

  /** Takes a copy of the parts. */
  public ObjectName {
    parts = List.copyOf(parts);
  }

  /** A name from its parts. */
  public static ObjectName of(String... parts) {
    return new ObjectName(List.of(parts));
  }

  /** The innermost part. */
  public String last() {
    return parts.get(parts.size() - 1);
  }

  /** As Snowflake's messages show it: parts that need no quotes have none. */
  @Override
  public String toString() {
    return parts.stream().map(ObjectName::shown).collect(Collectors.joining("."));
  }

  /** One identifier, in double quotes only if it needs them. */
  public static String shown(String part) {
    return part.matches("[A-Z_][A-Z0-9_$]*") ? part : '"' + part.replace("\"", "\"\"") + '"';
  }
}
