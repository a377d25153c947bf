package localcloud.snowflake.access;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import localcloud.snowflake.sql.Refusal;

/** Users, roles and grants of an account: shared by its sessions, in memory. */
public final class Access {

  /** The account's only name. */
  public static final String ACCOUNT = "LOCAL";

  private final Grants grants;
  private final Roles roles = new Roles();
  private final Map<String, User> users = new ConcurrentSkipListMap<>();
  private final Map<String, Warehouse> warehouses = new ConcurrentSkipListMap<>();
  private final Map<String, StorageIntegration> integrations = new ConcurrentSkipListMap<>();
  private volatile boolean onlyKnownUsers;

  /** Snowflake's own roles with their privileges, and nothing else. */
  public Access(Clock clock) {
    this.grants = new Grants(clock);
    Map.of(
            "SYSADMIN", Set.of("CREATE DATABASE", "CREATE WAREHOUSE"),
            "USERADMIN", Set.of("CREATE USER", "CREATE ROLE"),
            "SECURITYADMIN", Set.of("MANAGE GRANTS"))
        .forEach(
            (role, privileges) ->
                privileges.forEach(
                    privilege -> grants.grant(privilege, Securable.ACCOUNT, role, "")));
  }

  /** Which role has which privilege. */
  public Grants grants() {
    return grants;
  }

  /** The roles. */
  public Roles roles() {
    return roles;
  }

  /** The users who were created, by name. */
  public Map<String, User> users() {
    return users;
  }

  /** The warehouses, by name. */
  public Map<String, Warehouse> warehouses() {
    return warehouses;
  }

  /** The storage integrations, by name. */
  public Map<String, StorageIntegration> integrations() {
    return integrations;
  }

  /** From now on only users who were created can sign in, as in a real account. */
  public void admitOnlyKnownUsers() {
    onlyKnownUsers = true;
  }

  /** Whether only users who were created may sign in. */
  public boolean admitsOnlyKnownUsers() {
    return onlyKnownUsers;
  }

  /** CREATE ROLE, owned by a role. */
  public void createRole(String role, String owner) {
    roles.create(role);
    grants.created(Securable.of(Securable.Kind.ROLE, role), owner, false);
  }

  /** DROP ROLE. */
  public void dropRole(String role) {
    roles.drop(role);
    grants.to(role).forEach(grant -> grants.revoke(grant.privilege(), grant.on(), role));
    grants.dropped(Securable.of(Securable.Kind.ROLE, role));
  }

  /** Whether a role may do everything. */
  public boolean isAdministrator(String role) {
    return roles.effective(role).contains(Roles.ACCOUNTADMIN);
  }

  /** Whether a role has a privilege, by itself, through others, or because it owns the object. */
  public boolean may(String role, String privilege, Securable on) {
    return isAdministrator(role) || grants.has(privilege, on, roles.effective(role));
  }

  /** Whether a role has any privilege on an object. */
  public boolean sees(String role, Securable object) {
    return isAdministrator(role) || grants.sees(object, roles.effective(role));
  }

  /** The roles that a user may use; all of them for a user who was not created. */
  public boolean mayTakeOn(String user, String role) {
    return roles.exists(role) && (!users.containsKey(user) || roles.usable(user).contains(role));
  }

  /**
   * Requires a privilege of a role on an object that it can see.
   *
   * @throws Refusal 003001 if it does not have it
   */
  public void require(String role, String privilege, Securable on) {
    if (!may(role, privilege, on)) {
      throw Refusals.insufficientPrivileges(on);
    }
  }

  /** The storage integration of that name. */
  public Optional<StorageIntegration> integration(String name) {
    return Optional.ofNullable(integrations.get(name));
  }
}
