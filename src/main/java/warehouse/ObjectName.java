package warehouse;

/** A schema object's whole name. */
public record ObjectName(Identifier database, Identifier schema, Identifier name) {

  /** The name in SQL. */
  public String sql() {
    return schemaSql() + "." + name.sql();
  }

  /** An object of the same schema whose name has an ending more. */
  ObjectName with(String ending) {
    return new ObjectName(database, schema, new Identifier(name.value() + ending));
  }

  String schemaSql() {
    return database.sql() + "." + schema.sql();
  }

  /** The name as a person writes it. */
  @Override
  public String toString() {
    return database + "." + schema + "." + name;
  }
}
