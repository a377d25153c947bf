package localcloud.snowflake.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import localcloud.snowflake.access.Access;
import localcloud.snowflake.access.Refusals;
import localcloud.snowflake.access.Securable;
import localcloud.snowflake.access.StorageIntegration;
import localcloud.snowflake.sql.Administration;
import localcloud.snowflake.sql.Refusal;

/**
 * Storage integrations: <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/create-storage-integration">CREATE STORAGE
 * INTEGRATION</a>. Which locations they allow is checked; AWS is not asked.
 */
final class Integrations {

  private static final List<String> REQUIRED =
      List.of("TYPE", "STORAGE_PROVIDER", "ENABLED", "STORAGE_AWS_ROLE_ARN");
  private static final String ALLOWED = "STORAGE_ALLOWED_LOCATIONS";
  private static final String BLOCKED = "STORAGE_BLOCKED_LOCATIONS";

  private final Access access;

  Integrations(Access access) {
    this.access = access;
  }

  void create(Administration.Create create) {
    List<String> needed = new ArrayList<>(REQUIRED);
    needed.add(ALLOWED);
    for (String name : needed) {
      if (create.properties().getOrDefault(name, List.of()).isEmpty()) {
        throw new Refusal(
            "002029", "42601", "SQL compilation error:\nMissing option(s): [" + name + "]");
      }
    }
    access.integrations().put(create.name(), integration(create.name(), create.properties()));
  }

  void alter(Administration.Alter alter) {
    access
        .integrations()
        .computeIfPresent(
            alter.name(),
            (name, before) -> {
              Map<String, List<String>> now = new HashMap<>();
              now.put("STORAGE_AWS_ROLE_ARN", List.of(before.roleArn()));
              now.put(ALLOWED, before.allowed());
              now.put(BLOCKED, before.blocked());
              now.put("COMMENT", List.of(before.comment()));
              now.putAll(alter.set());
              alter.unset().forEach(now::remove);
              return integration(name, now);
            });
  }

  private static StorageIntegration integration(String name, Map<String, List<String>> properties) {
    check(properties, "TYPE", "EXTERNAL_STAGE");
    check(properties, "STORAGE_PROVIDER", "S3");
    check(properties, "ENABLED", "TRUE");
    return new StorageIntegration(
        name,
        properties.get("STORAGE_AWS_ROLE_ARN").get(0),
        properties.getOrDefault(ALLOWED, List.of()),
        properties.getOrDefault(BLOCKED, List.of()),
        String.join("", properties.getOrDefault("COMMENT", List.of())));
  }

  /** An integration that is switched off, or for another cloud, is not supported here. */
  private static void check(Map<String, List<String>> properties, String name, String only) {
    List<String> value = properties.getOrDefault(name, List.of(only));
    if (!value.get(0).equalsIgnoreCase(only)) {
      throw Refusal.unknownStatement(name + " = " + value.get(0));
    }
  }

  Result describe(String name) {
    StorageIntegration integration = access.integrations().get(name);
    List<List<String>> rows =
        List.of(
            Result.row("ENABLED", "Boolean", "true", "false"),
            Result.row("STORAGE_PROVIDER", "String", "S3", ""),
            Result.row(ALLOWED, "List", String.join(",", integration.allowed()), "[]"),
            Result.row(BLOCKED, "List", String.join(",", integration.blocked()), "[]"),
            Result.row(
                "STORAGE_AWS_IAM_USER_ARN", "String", "arn:aws:iam::000000000000:user/local", ""),
            Result.row("STORAGE_AWS_ROLE_ARN", "String", integration.roleArn(), ""),
            Result.row("STORAGE_AWS_EXTERNAL_ID", "String", "LOCAL_SFCRole=0_local", ""),
            Result.row("COMMENT", "String", integration.comment(), ""));
    return new Result(
        Result.Kind.DESCRIBE,
        Result.texts("property", "property_type", "property_value", "property_default"),
        rows);
  }

  /**
   * Checks that a role may create a stage over that place through that integration.
   *
   * @throws Refusal 002003 when there is no such integration, 003001 when the role may not use it,
   *     003127 when it does not allow the place
   */
  void stage(String name, String url, String role) {
    Securable object = Securable.of(Securable.Kind.INTEGRATION, name);
    StorageIntegration integration =
        access.integration(name).orElseThrow(() -> Refusals.missing(object));
    access.require(role, "USAGE", object);
    if (!integration.allows(url)) {
      throw Refusals.locationNotAllowed(url, name);
    }
  }
}
