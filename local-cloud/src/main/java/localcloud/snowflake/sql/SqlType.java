package localcloud.snowflake.sql;

/**
 * A Snowflake data type. See <a
 * href="https://docs.snowflake.com/en/sql-reference/intro-summary-data-types">Summary of data
 * types</a>.
 *
 * @param kind the logical type
 * @param precision digits of a NUMBER, characters of a VARCHAR, bytes of a BINARY, otherwise 0
 * @param scale digits after the point of a NUMBER, of a second for times, otherwise 0
 */
public record SqlType(Kind kind, int precision, int scale) {

  /** Logical types, with the name that the driver's protocol gives each. */
  public enum Kind {
    NUMBER("fixed"),
    FLOAT("real"),
    VARCHAR("text"),
    BOOLEAN("boolean"),
    DATE("date"),
    TIME("time"),
    TIMESTAMP_NTZ("timestamp_ntz"),
    TIMESTAMP_LTZ("timestamp_ltz"),
    TIMESTAMP_TZ("timestamp_tz"),
    BINARY("binary"),
    VARIANT("variant"),
    OBJECT("object"),
    ARRAY("array");

    private final String wire;

    Kind(String wire) {
      this.wire = wire;
    }

    /** The name in a result's {@code rowtype}. */
    public String wire() {
      return wire;
    }

    /** Whether values are held as JSON. */
    public boolean isSemiStructured() {
      return this == VARIANT || this == OBJECT || this == ARRAY;
    }

    /** Whether it is a point in time of any kind. */
    public boolean isTimestamp() {
      return this == TIMESTAMP_NTZ || this == TIMESTAMP_LTZ || this == TIMESTAMP_TZ;
    }
  }

  /** Characters of a VARCHAR without a length, 16 MB. */
  public static final int MAX_TEXT = 16_777_216;

  private static final int MAX_BINARY = 8_388_608;

  public static final SqlType TEXT = new SqlType(Kind.VARCHAR, MAX_TEXT, 0);
  public static final SqlType BOOLEAN = new SqlType(Kind.BOOLEAN, 0, 0);
  public static final SqlType FLOAT = new SqlType(Kind.FLOAT, 0, 0);
  public static final SqlType DATE = new SqlType(Kind.DATE, 0, 0);
  public static final SqlType TIME = new SqlType(Kind.TIME, 0, 9);
  public static final SqlType VARIANT = new SqlType(Kind.VARIANT, 0, 0);
  public static final SqlType BINARY = new SqlType(Kind.BINARY, MAX_BINARY, 0);
  public static final SqlType NTZ = new SqlType(Kind.TIMESTAMP_NTZ, 0, 9);
  public static final SqlType LTZ = new SqlType(Kind.TIMESTAMP_LTZ, 0, 9);
  public static final SqlType TZ = new SqlType(Kind.TIMESTAMP_TZ, 0, 9);

  /** An exact number. */
  public static SqlType number(int precision, int scale) {
    return new SqlType(Kind.NUMBER, precision, scale);
  }

  /** As DESCRIBE shows it. */
  @Override
  public String toString() {
    return switch (kind) {
      case NUMBER -> "NUMBER(" + precision + "," + scale + ")";
      case VARCHAR, BINARY -> kind + "(" + precision + ")";
      case TIME, TIMESTAMP_NTZ, TIMESTAMP_LTZ, TIMESTAMP_TZ -> kind + "(" + scale + ")";
      case FLOAT, BOOLEAN, DATE, VARIANT, OBJECT, ARRAY -> kind.name();
    };
  }
}
