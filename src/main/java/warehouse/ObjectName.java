package warehouse;

/** A schema object's whole name. */
public record ObjectName(Identifier database, Identifier schema, Identifier name) {

  /** The name in SQL. */
  public String sql() {
    return schemaSql() + "." + name.sql();
  }

  /** An object of the same schema with this name and a suffix. */
  ObjectName with(String ending) {
    return new ObjectName(database, schema, new Identifier(name.value() + ending));
  }

  String schemaSql() {
    return database.sql() + "." + schema.sql();
  }

  /** The name in plain form. */
  @Override
  public String toString() {
    return database + "." + schema + "." + name;
  }
}
