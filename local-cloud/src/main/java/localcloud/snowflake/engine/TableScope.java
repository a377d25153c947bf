package localcloud.snowflake.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import localcloud.snowflake.catalog.ExternalTable;
import localcloud.snowflake.sql.Expr;
import localcloud.snowflake.sql.SqlType;
import localcloud.snowflake.sql.Statement.ColumnDefinition;

/**
 * An external table: the pseudo-columns VALUE and METADATA$…, and the columns defined over them (<a
 * href="https://docs.snowflake.com/en/user-guide/tables-external-intro">Introduction to external
 * tables</a>). Only what a query uses is read, so {@link #from} comes last.
 *
 * <p>Inside DuckDB the file's fields are called f0, f1 …, the table's columns c0:NAME, c1:NAME …,
 * VALUE v, the file's name n and the row's number r, so that no user's name gets there.
 */
final class TableScope implements Scope {

  private static final String FILENAME = "METADATA$FILENAME";
  private static final String ROW_NUMBER = "METADATA$FILE_ROW_NUMBER";

  private final ExternalTable table;
  private final Optional<String> alias;
  private final List<ParquetFiles.Group> groups;
  private final BiFunction<Expr, Scope, Typed> compiler;
  private final boolean binaryAsText;
  private final Map<Wanted, Typed> fields = new LinkedHashMap<>();
  private final Map<Integer, Typed> columns = new LinkedHashMap<>();
  private boolean usesValue;
  private boolean usesFilename;
  private boolean usesRowNumber;

  /** A field of the files. */
  private record Wanted(String key, boolean inAnyCase) {

    Optional<ParquetFiles.Field> in(ParquetFiles.Group group) {
      return inAnyCase ? group.fieldInAnyCase(key) : group.field(key);
    }
  }

  /**
   * @param compiler compiles the expressions that define the table's columns
   */
  TableScope(
      ExternalTable table,
      Optional<String> alias,
      List<ParquetFiles.Group> groups,
      BiFunction<Expr, Scope, Typed> compiler) {
    this.table = table;
    this.alias = alias;
    this.groups = groups;
    this.compiler = compiler;
    this.binaryAsText =
        !"FALSE".equalsIgnoreCase(table.format().others().getOrDefault("BINARY_AS_TEXT", "TRUE"));
  }

  @Override
  public boolean isNamed(String name) {
    return alias.orElse(table.name().name()).equals(name);
  }

  @Override
  public Optional<Typed> column(String name) {
    Optional<Typed> pseudo = pseudoColumn(name);
    if (pseudo.isPresent()) {
      return pseudo;
    }
    return IntStream.range(0, table.columns().size())
        .filter(i -> table.columns().get(i).name().equals(name))
        .mapToObj(this::defined)
        .findFirst();
  }

  private Optional<Typed> pseudoColumn(String name) {
    return switch (name) {
      case "VALUE" -> {
        usesValue = true;
        yield Optional.of(Typed.variant("v", "JSON"));
      }
      case FILENAME -> {
        usesFilename = true;
        yield Optional.of(Typed.of("n", SqlType.TEXT));
      }
      case ROW_NUMBER -> {
        usesRowNumber = true;
        yield Optional.of(Typed.of("r", SqlType.number(38, 0)));
      }
      default -> Optional.empty();
    };
  }

  private Typed defined(int index) {
    ColumnDefinition definition = table.columns().get(index);
    if (!columns.containsKey(index)) {
      Typed value = compiler.apply(definition.expression(), new Raw());
      columns.put(index, Casts.cast(value, definition.type(), false));
    }
    Typed value = columns.get(index);
    return new Typed(nameOf(index), value.type(), value.duck(), false);
  }

  /** The column's own name is included for messages about it. */
  private String nameOf(int index) {
    return Typed.identifier("c" + index + ":" + table.columns().get(index).name());
  }

  /** What a column's own expression can name: the pseudo-columns, not its siblings. */
  private final class Raw implements Scope {
    @Override
    public boolean isNamed(String name) {
      return false;
    }

    @Override
    public Optional<Typed> column(String name) {
      return pseudoColumn(name);
    }

    @Override
    public Optional<Typed> field(String column, String key) {
      return TableScope.this.field(column, key);
    }

    @Override
    public Optional<Typed> fieldInAnyCase(String column, String key) {
      return TableScope.this.fieldInAnyCase(column, key);
    }

    @Override
    public List<Named> all() {
      return List.of();
    }

    @Override
    public String from() {
      return "";
    }
  }

  /** Whether anything requested so far needs more of a file than its name. */
  boolean readsContents() {
    return usesValue || usesRowNumber || !fields.isEmpty();
  }

  @Override
  public Optional<Typed> field(String column, String key) {
    return field(column, new Wanted(key, false));
  }

  @Override
  public Optional<Typed> fieldInAnyCase(String column, String key) {
    return field(column, new Wanted(key, true));
  }

  private Optional<Typed> field(String column, Wanted wanted) {
    return column.equals("VALUE")
        ? Optional.of(fields.computeIfAbsent(wanted, this::newField))
        : Optional.empty();
  }

  /** One type over all files is kept; if files differ, the value goes through JSON. */
  private Typed newField(Wanted wanted) {
    Set<String> types =
        groups.stream()
            .flatMap(group -> wanted.in(group).stream())
            .map(this::shownType)
            .collect(Collectors.toSet());
    String type = types.size() == 1 ? types.iterator().next() : "JSON";
    return Typed.variant("f" + fields.size(), type);
  }

  private String shownType(ParquetFiles.Field field) {
    return binaryAsText && field.duckType().equals("BLOB") ? "VARCHAR" : field.duckType();
  }

  @Override
  public List<Named> all() {
    List<Named> all = new ArrayList<>();
    all.add(new Named("VALUE", pseudoColumn("VALUE").orElseThrow()));
    for (int i = 0; i < table.columns().size(); i++) {
      all.add(new Named(table.columns().get(i).name(), defined(i)));
    }
    return all;
  }

  @Override
  public String from() {
    List<String> outer = new ArrayList<>(List.of("s.*"));
    columns.forEach((index, value) -> outer.add(value.sql() + " AS " + nameOf(index)));
    String scan =
        groups.isEmpty()
            ? "SELECT " + emptyRow() + " WHERE FALSE"
            : groups.stream().map(this::scan).collect(Collectors.joining(" UNION ALL "));
    return " FROM (SELECT " + String.join(", ", outer) + " FROM (" + scan + ") AS s) AS t";
  }

  private String emptyRow() {
    List<String> all = new ArrayList<>();
    fields.values().forEach(f -> all.add("CAST(NULL AS " + f.duck() + ") AS " + f.sql()));
    all.add("CAST(NULL AS JSON) AS v");
    all.add("CAST(NULL AS VARCHAR) AS n");
    all.add("CAST(NULL AS BIGINT) AS r");
    return String.join(", ", all);
  }

  private String scan(ParquetFiles.Group group) {
    List<String> all = new ArrayList<>();
    fields.forEach(
        (wanted, field) -> all.add(fieldOf(wanted.in(group), field) + " AS " + field.sql()));
    all.add((usesValue ? value(group) : "CAST(NULL AS JSON)") + " AS v");
    all.add((usesFilename ? "k.key" : "CAST(NULL AS VARCHAR)") + " AS n");
    all.add((usesRowNumber ? "p.file_row_number + 1" : "CAST(NULL AS BIGINT)") + " AS r");
    String links =
        group.links().stream().map(Typed::quote).collect(Collectors.joining(", ", "[", "]"));
    String link = unusedName(group);
    StringBuilder sql =
        new StringBuilder("SELECT " + String.join(", ", all))
            .append(" FROM read_parquet(" + links + ", hive_partitioning = false");
    if (usesFilename) {
      sql.append(", filename = " + Typed.quote(link));
    }
    if (usesRowNumber) {
      sql.append(", file_row_number = true");
    }
    sql.append(") AS p");
    if (usesFilename) {
      sql.append(" JOIN (VALUES ").append(keysOf(group)).append(") AS k(link, key) ON p.");
      sql.append(Typed.identifier(link)).append(" = k.link");
    }
    return sql.toString();
  }

  private static String keysOf(ParquetFiles.Group group) {
    return IntStream.range(0, group.keys().size())
        .mapToObj(
            i ->
                "("
                    + Typed.quote(group.links().get(i))
                    + ", "
                    + Typed.quote(group.keys().get(i))
                    + ")")
        .collect(Collectors.joining(", "));
  }

  /** A name for the file's own name that no column of the files has. */
  private static String unusedName(ParquetFiles.Group group) {
    String name = "link";
    while (group.fields().stream()
        .map(ParquetFiles.Field::duckName)
        .anyMatch(name::equalsIgnoreCase)) {
      name += "_";
    }
    return name;
  }

  private String fieldOf(Optional<ParquetFiles.Field> inFile, Typed field) {
    if (inFile.isEmpty()) {
      return "CAST(NULL AS " + field.duck() + ")";
    }
    Typed raw = raw(inFile.get());
    return field.duck().equals(raw.duck()) ? raw.sql() : raw.json();
  }

  private Typed raw(ParquetFiles.Field field) {
    String column = "p." + Typed.identifier(field.duckName());
    String type = shownType(field);
    boolean decoded = !type.equals(field.duckType());
    return Typed.variant(decoded ? decoded(column) : column, type);
  }

  private static String decoded(String column) {
    return "CASE WHEN "
        + column
        + " IS NOT NULL THEN coalesce(try(decode("
        + column
        + ")), error("
        + Failures.raise(
            "100144", "22000", "Invalid UTF8 detected in string '0x", "hex(" + column + ")", "'")
        + ")) END";
  }

  /** The whole row as an object, its keys in order. */
  private String value(ParquetFiles.Group group) {
    return group.fields().stream()
        .sorted(Comparator.comparing(ParquetFiles.Field::name))
        .map(field -> Typed.quote(field.name()) + ", " + inObject(raw(field)))
        .collect(Collectors.joining(", ", "json_object(", ")"));
  }

  private static String inObject(Typed value) {
    boolean instant = value.duck().startsWith("TIMESTAMP");
    return instant || value.duck().equals("BLOB")
        ? Casts.cast(value, SqlType.TEXT, false).sql()
        : value.sql();
  }
}
