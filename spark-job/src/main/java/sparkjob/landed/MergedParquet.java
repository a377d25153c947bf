package sparkjob.landed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import sparkjob.failure.JobFailure;
import sparkjob.text.Names;

/**
 * Parquet objects whose columns differ, as one. Those with equal columns are read together and as
 * they are, and widened afterwards: what Spark's reader widens by itself differs between its
 * versions.
 */
final class MergedParquet {
  private final Map<StructType, List<String>> urisBySchema = new LinkedHashMap<>();
  private final boolean isDeclared;
  private StructType schema;

  /** Begins with the declared columns; without any, all objects' columns are taken. */
  MergedParquet(StructType declared) {
    schema = declared;
    isDeclared = !declared.isEmpty();
  }

  /**
   * Adds an object.
   *
   * @throws JobFailure naming it, another one and the column whose types no type holds
   */
  void add(String uri, StructType found) {
    List<String> names = List.of(found.fieldNames());
    int[] places = Names.match(List.of(schema.fieldNames()), names);
    StructType merged = new StructType();
    for (int i = 0; i < places.length; i++) {
      StructField field = schema.fields()[i];
      DataType there =
          places[i] == Names.NOWHERE ? field.dataType() : found.fields()[places[i]].dataType();
      merged = merged.add(field.name(), wider(field, there, uri), true);
    }
    for (int place : Names.unmatched(places, names.size())) {
      if (!isDeclared) {
        merged = merged.add(names.get(place), found.fields()[place].dataType(), true);
      }
    }
    schema = merged;
    urisBySchema.computeIfAbsent(found, any -> new ArrayList<>()).add(uri);
  }

  private DataType wider(StructField field, DataType there, String uri) {
    Optional<DataType> wider = WiderType.of(field.dataType(), there);
    if (wider.isEmpty() || (isDeclared && !wider.get().equals(field.dataType()))) {
      String first = isDeclared ? null : whoHas(field.name());
      throw JobFailure.data(
          "The columns of %s cannot be merged: column %s is %s, and %s %s"
              .formatted(
                  uri,
                  field.name(),
                  there.catalogString(),
                  first == null ? "is declared" : "in " + first + " it is",
                  field.dataType().catalogString()),
          first == null ? List.of(uri) : List.of(first, uri));
    }
    return wider.get();
  }

  private String whoHas(String column) {
    return urisBySchema.entrySet().stream()
        .filter(
            entry ->
                Names.match(List.of(column), List.of(entry.getKey().fieldNames()))[0]
                    != Names.NOWHERE)
        .map(entry -> entry.getValue().get(0))
        .findFirst()
        .orElseThrow();
  }

  /** The columns of all. */
  StructType schema() {
    return schema;
  }

  /**
   * The rows of all added objects.
   *
   * @param load reads objects of equal columns
   */
  Dataset<Row> rows(BiFunction<List<String>, StructType, Dataset<Row>> load) {
    return urisBySchema.entrySet().stream()
        .map(entry -> select(entry.getKey(), entry.getValue(), load))
        .reduce(Dataset::union)
        .orElseThrow();
  }

  private Dataset<Row> select(
      StructType found,
      List<String> uris,
      BiFunction<List<String>, StructType, Dataset<Row>> load) {
    int[] places = Names.match(List.of(schema.fieldNames()), List.of(found.fieldNames()));
    StructType read = new StructType();
    Column[] columns = new Column[places.length];
    for (int i = 0; i < places.length; i++) {
      StructField wanted = schema.fields()[i];
      if (places[i] == Names.NOWHERE) {
        columns[i] = functions.lit(null).cast(wanted.dataType()).as(wanted.name());
        continue;
      }
      StructField there = found.fields()[places[i]];
      read = read.add(there.name(), askedFor(there.dataType(), wanted.dataType()), true);
      String quoted = "`" + there.name().replace("`", "``") + "`";
      columns[i] = functions.col(quoted).cast(wanted.dataType()).as(wanted.name());
    }
    return load.apply(uris, read).select(columns);
  }

  /** The object's type with the members that it lacks: Spark reads those as null. */
  private static DataType askedFor(DataType there, DataType wanted) {
    if (there instanceof ArrayType array && wanted instanceof ArrayType other) {
      return new ArrayType(askedFor(array.elementType(), other.elementType()), true);
    }
    if (!(there instanceof StructType struct) || !(wanted instanceof StructType members)) {
      return there;
    }
    int[] places = Names.match(List.of(members.fieldNames()), List.of(struct.fieldNames()));
    StructType asked = new StructType();
    for (int i = 0; i < places.length; i++) {
      StructField member = members.fields()[i];
      StructField own = places[i] == Names.NOWHERE ? member : struct.fields()[places[i]];
      asked = asked.add(own.name(), askedFor(own.dataType(), member.dataType()), true);
    }
    return asked;
  }
}
