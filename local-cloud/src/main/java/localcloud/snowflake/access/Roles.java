package localcloud.snowflake.access;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The roles and who has them. Snowflake's own exist from the start, in the hierarchy of <a
 * href="https://docs.snowflake.com/en/user-guide/security-access-control-overview#system-defined-roles">System-defined
 * roles</a>; every user and every role has PUBLIC.
 */
public final class Roles {

  /** May do everything here. */
  public static final String ACCOUNTADMIN = "ACCOUNTADMIN";

  /** The role that everyone has. */
  public static final String PUBLIC = "PUBLIC";

  private static final Set<String> SYSTEM =
      Set.of(ACCOUNTADMIN, "SECURITYADMIN", "USERADMIN", "SYSADMIN", PUBLIC);

  private final Set<String> names = new TreeSet<>(SYSTEM);
  private final Map<String, Set<String>> ofRoles = new HashMap<>();
  private final Map<String, Set<String>> ofUsers = new HashMap<>();

  /** Snowflake's own. */
  Roles() {
    grantToRole("SECURITYADMIN", ACCOUNTADMIN);
    grantToRole("SYSADMIN", ACCOUNTADMIN);
    grantToRole("USERADMIN", "SECURITYADMIN");
  }

  /** Whether there is such a role. */
  public synchronized boolean exists(String role) {
    return names.contains(role);
  }

  /** CREATE ROLE. */
  synchronized void create(String role) {
    names.add(role);
  }

  /** DROP ROLE. */
  synchronized void drop(String role) {
    names.remove(role);
    ofRoles.remove(role);
    ofRoles.values().forEach(granted -> granted.remove(role));
    ofUsers.values().forEach(granted -> granted.remove(role));
  }

  /** GRANT ROLE … TO ROLE. */
  public synchronized void grantToRole(String role, String to) {
    ofRoles.computeIfAbsent(to, any -> new LinkedHashSet<>()).add(role);
  }

  /** REVOKE ROLE … FROM ROLE. */
  public synchronized void revokeFromRole(String role, String from) {
    ofRoles.getOrDefault(from, new HashSet<>()).remove(role);
  }

  /** GRANT ROLE … TO USER. */
  public synchronized void grantToUser(String role, String to) {
    ofUsers.computeIfAbsent(to, any -> new LinkedHashSet<>()).add(role);
  }

  /** REVOKE ROLE … FROM USER. */
  public synchronized void revokeFromUser(String role, String from) {
    ofUsers.getOrDefault(from, new HashSet<>()).remove(role);
  }

  /** The roles that were granted to a user, in their order. */
  public synchronized Set<String> granted(String user) {
    return new LinkedHashSet<>(ofUsers.getOrDefault(user, Set.of()));
  }

  /** The roles that were granted to a role, in their order. */
  public synchronized Set<String> grantedToRole(String role) {
    return new LinkedHashSet<>(ofRoles.getOrDefault(role, Set.of()));
  }

  /** A role with all roles that it has through others, including PUBLIC. */
  public synchronized Set<String> effective(String role) {
    Set<String> all = reach(Set.of(role));
    all.add(PUBLIC);
    return all;
  }

  /** The roles that a user may use. */
  public synchronized Set<String> usable(String user) {
    Set<String> all = reach(ofUsers.getOrDefault(user, Set.of()));
    all.add(PUBLIC);
    return all;
  }

  private Set<String> reach(Collection<String> from) {
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> next = new ArrayDeque<>(from);
    while (!next.isEmpty()) {
      String role = next.pop();
      if (seen.add(role)) {
        next.addAll(ofRoles.getOrDefault(role, Set.of()));
      }
    }
    return seen;
  }
}
