package localcloud.snowflake.engine;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import localcloud.snowflake.access.Access;
import localcloud.snowflake.access.Refusals;
import localcloud.snowflake.access.Securable;
import localcloud.snowflake.access.Warehouse;
import localcloud.snowflake.sql.Administration;
import localcloud.snowflake.sql.Refusal;

/**
 * Virtual warehouses, which here only exist or do not: <a
 * href="https://docs.snowflake.com/en/user-guide/warehouses-overview">Overview of warehouses</a>.
 */
final class Warehouses {

  private final Access access;

  Warehouses(Access access) {
    this.access = access;
  }

  void create(Administration.Create create) {
    access
        .warehouses()
        .put(
            create.name(),
            new Warehouse(
                create.name(),
                value(create.properties(), "WAREHOUSE_SIZE").orElse("X-Small"),
                truth(create.properties(), "AUTO_RESUME").orElse(true),
                truth(create.properties(), "INITIALLY_SUSPENDED").orElse(false),
                value(create.properties(), "COMMENT").orElse("")));
  }

  /** SUSPEND and RESUME need OPERATE, the rest needs MODIFY. */
  void alter(Administration.Alter alter, String role) {
    boolean operates = alter.set().containsKey("SUSPEND") || alter.set().containsKey("RESUME");
    access.require(
        role,
        operates ? "OPERATE" : "MODIFY",
        Securable.of(Securable.Kind.WAREHOUSE, alter.name()));
    access
        .warehouses()
        .computeIfPresent(
            alter.name(),
            (name, before) -> {
              if (alter.set().containsKey("SUSPEND") == before.suspended() && operates) {
                throw new Refusal(
                    "090064",
                    "22000",
                    "Invalid state. Warehouse '%s' cannot be %s."
                        .formatted(name, before.suspended() ? "suspended" : "resumed"));
              }
              return new Warehouse(
                  name,
                  value(alter.set(), "WAREHOUSE_SIZE").orElse(before.size()),
                  truth(alter.set(), "AUTO_RESUME").orElse(before.autoResume()),
                  operates ? alter.set().containsKey("SUSPEND") : before.suspended(),
                  value(alter.set(), "COMMENT").orElse(before.comment()));
            });
  }

  Result show(String role) {
    List<List<String>> rows =
        access.warehouses().values().stream()
            .filter(w -> access.sees(role, Securable.of(Securable.Kind.WAREHOUSE, w.name())))
            .map(
                w ->
                    Result.row(
                        w.name(),
                        w.suspended() ? "SUSPENDED" : "STARTED",
                        "STANDARD",
                        w.size(),
                        Boolean.toString(w.autoResume()),
                        access
                            .grants()
                            .owner(Securable.of(Securable.Kind.WAREHOUSE, w.name()))
                            .orElse(""),
                        w.comment()))
            .toList();
    return new Result(
        Result.Kind.SHOW,
        Result.texts("name", "state", "type", "size", "auto_resume", "owner", "comment"),
        rows);
  }

  /**
   * Makes sure that a statement that needs compute has a warehouse, and resumes it. A user who was
   * never created needs none, so that a laptop needs no warehouse.
   *
   * @throws Refusal 000606 when there is none that the role may use; 000608 when it is suspended
   *     and does not resume by itself
   */
  void compute(Session session) {
    Optional<Warehouse> found = session.warehouse().map(name -> access.warehouses().get(name));
    if (found.isEmpty() && !access.users().containsKey(session.user())) {
      return;
    }
    Warehouse warehouse = found.orElseThrow(Refusals::noWarehouse);
    if (!mayUse(session.role(), warehouse.name())) {
      throw Refusals.noWarehouse();
    }
    if (warehouse.suspended() && !warehouse.autoResume()) {
      throw Refusals.suspended(warehouse.name());
    }
    access.warehouses().computeIfPresent(warehouse.name(), (name, now) -> now.suspended(false));
  }

  boolean mayUse(String role, String warehouse) {
    return access.may(role, "USAGE", Securable.of(Securable.Kind.WAREHOUSE, warehouse));
  }

  private static Optional<String> value(Map<String, List<String>> properties, String name) {
    return Optional.ofNullable(properties.get(name)).map(values -> values.get(0));
  }

  private static Optional<Boolean> truth(Map<String, List<String>> properties, String name) {
    return value(properties, name).map(text -> text.toUpperCase(Locale.ROOT).equals("TRUE"));
  }
}
