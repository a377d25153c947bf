package contract;

import java.io.Serializable;

/**
 * A column.
 *
 * @param name as it is, case kept
 * @param type Spark SQL's type, for instance {@code decimal(10,2)}
 */
public record Column(String name, String type) implements Serializable {}
