package localcloud.snowflake.access;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import localcloud.snowflake.access.Securable.Kind;

/**
 * Which role has which privilege on what, by object: <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/grant-privilege">GRANT privileges</a>. The
 * creator owns an object: ownership is a grant like the others, but held by one role only.
 * Privileges are upper case, as GRANT writes them.
 */
public final class Grants {

  /** The privilege that only one role has. */
  public static final String OWNERSHIP = "OWNERSHIP";

  /**
   * One privilege of one role.
   *
   * @param role the role that has it
   * @param grantedBy the role that granted it
   */
  public record Grant(
      String privilege, Securable on, String role, String grantedBy, Instant since) {}

  /** A privilege that a role gets on every new object of that kind in a database or schema. */
  public record Future(String privilege, Kind kind, Securable in, String role) {}

  private record Key(String privilege, Securable on, String role) {}

  private final Clock clock;
  private final Map<Key, Grant> grants = new LinkedHashMap<>();
  private final List<Future> futures = new ArrayList<>();

  /** Nothing is granted yet. */
  public Grants(Clock clock) {
    this.clock = clock;
  }

  /** GRANT; repeating it changes nothing. */
  public synchronized void grant(String privilege, Securable on, String role, String grantedBy) {
    if (privilege.equals(OWNERSHIP)) {
      grants.keySet().removeIf(key -> key.on.equals(on) && key.privilege.equals(OWNERSHIP));
    }
    grants.computeIfAbsent(
        new Key(privilege, on, role),
        key -> new Grant(privilege, on, role, grantedBy, clock.instant()));
  }

  /** REVOKE; without a grant it changes nothing. */
  public synchronized void revoke(String privilege, Securable on, String role) {
    grants.remove(new Key(privilege, on, role));
  }

  /** GRANT … ON FUTURE. */
  public synchronized void grantFuture(Future future) {
    if (!futures.contains(future)) {
      futures.add(future);
    }
  }

  /** REVOKE … ON FUTURE. */
  public synchronized void revokeFuture(Future future) {
    futures.remove(future);
  }

  /**
   * Records a new object: the role owns it, and future grants become grants.
   *
   * @param copyGrants whether the privileges on the replaced object stay, as with COPY GRANTS;
   *     future grants are then left out
   */
  public synchronized void created(Securable object, String role, boolean copyGrants) {
    boolean replaces = owner(object).isPresent();
    if (!(copyGrants && replaces)) {
      dropped(object);
      futures.stream()
          .filter(future -> future.kind == object.kind() && object.isIn(future.in))
          .toList()
          .forEach(future -> grant(future.privilege, object, future.role, ""));
    }
    grant(OWNERSHIP, object, role, role);
  }

  /** Removes an object, and everything in it. */
  public synchronized void dropped(Securable object) {
    grants.keySet().removeIf(key -> key.on.isIn(object));
  }

  /** Two objects have swapped their names: each keeps its grants. */
  public synchronized void swapped(Securable one, Securable other) {
    List<Grant> ofOne = on(one);
    List<Grant> ofOther = on(other);
    grants.keySet().removeIf(key -> key.on.equals(one) || key.on.equals(other));
    ofOne.forEach(grant -> put(grant, other));
    ofOther.forEach(grant -> put(grant, one));
  }

  /** An object has another name: it keeps its grants. */
  public synchronized void renamed(Securable before, Securable after) {
    swapped(before, after);
  }

  private void put(Grant grant, Securable on) {
    grants.put(
        new Key(grant.privilege, on, grant.role),
        new Grant(grant.privilege, on, grant.role, grant.grantedBy, grant.since));
  }

  /** The role that owns it; empty for an object that was never created. */
  public synchronized Optional<String> owner(Securable object) {
    return grants.values().stream()
        .filter(grant -> grant.on.equals(object) && grant.privilege.equals(OWNERSHIP))
        .map(Grant::role)
        .findFirst();
  }

  /** Whether one of the roles has the privilege, or owns the object. */
  public synchronized boolean has(String privilege, Securable on, Collection<String> roles) {
    return roles.stream()
        .anyMatch(
            role ->
                grants.containsKey(new Key(privilege, on, role))
                    || grants.containsKey(new Key(OWNERSHIP, on, role)));
  }

  /** Whether one of the roles has any privilege on it: then it sees it. */
  public synchronized boolean sees(Securable on, Collection<String> roles) {
    return grants.keySet().stream().anyMatch(key -> key.on.equals(on) && roles.contains(key.role));
  }

  /** The grants on an object, oldest first: SHOW GRANTS ON. */
  public synchronized List<Grant> on(Securable object) {
    return which(grant -> grant.on.equals(object));
  }

  /** The grants to a role, oldest first: SHOW GRANTS TO ROLE. */
  public synchronized List<Grant> to(String role) {
    return which(grant -> grant.role.equals(role));
  }

  private List<Grant> which(Predicate<Grant> wanted) {
    return grants.values().stream().filter(wanted).toList();
  }
}
