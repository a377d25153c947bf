package contract;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A column.
 *
 * @param name as it is, case kept
 * @param type in Spark SQL's words, for instance {@code decimal(10,2)}
 */
@RegisterForReflection
public record Column(String name, String type) {

  public Column {
    ContractJson.requireMember("column", "name", name);
    ContractJson.requireMember("column", "type", type);
  }
}
