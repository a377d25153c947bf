package localcloud.snowflake.access;

import java.util.List;
import localcloud.snowflake.catalog.Qualified;
import localcloud.snowflake.sql.ObjectName;

/**
 * Something that privileges are granted on: <a
 * href="https://docs.snowflake.com/en/user-guide/security-access-control-privileges">Access control
 * privileges</a>.
 *
 * @param kind what it is
 * @param name its full name, outermost part first; the account has none
 */
public record Securable(Kind kind, List<String> name) {

  /** Kinds, as GRANT … ON names them. */
  public enum Kind {
    ACCOUNT,
    USER,
    ROLE,
    WAREHOUSE,
    INTEGRATION,
    DATABASE,
    SCHEMA,
    STAGE,
    FILE_FORMAT,
    EXTERNAL_TABLE,
    VIEW,
    TABLE;

    /** How many parts a full name has. */
    public int parts() {
      return switch (this) {
        case ACCOUNT -> 0;
        case USER, ROLE, WAREHOUSE, INTEGRATION, DATABASE -> 1;
        case SCHEMA -> 2;
        case STAGE, FILE_FORMAT, EXTERNAL_TABLE, VIEW, TABLE -> 3;
      };
    }

    /** As GRANT writes it. */
    public String words() {
      return name().replace('_', ' ');
    }
  }

  /** The whole account. */
  public static final Securable ACCOUNT = new Securable(Kind.ACCOUNT, List.of());

  /** Takes a copy of the name. */
  public Securable {
    name = List.copyOf(name);
  }

  /** One by the parts of its full name. */
  public static Securable of(Kind kind, String... name) {
    return new Securable(kind, List.of(name));
  }

  /** Something in a schema. */
  public static Securable of(Kind kind, Qualified name) {
    return of(kind, name.database(), name.schema(), name.name());
  }

  /** The innermost part of the name. */
  public String last() {
    return name.isEmpty() ? "" : name.get(name.size() - 1);
  }

  /** Whether it is that object or is in it; everything is in the account. */
  public boolean isIn(Securable other) {
    boolean container =
        other.kind == Kind.ACCOUNT || other.kind == Kind.DATABASE || other.kind == Kind.SCHEMA;
    return equals(other)
        || (container
            && (kind.parts() > 1 || other.kind == Kind.ACCOUNT)
            && name.size() > other.name.size()
            && name.subList(0, other.name.size()).equals(other.name));
  }

  /** The full name as Snowflake's messages show it. */
  public String shown() {
    return name.isEmpty() ? "" : new ObjectName(name).toString();
  }
}
