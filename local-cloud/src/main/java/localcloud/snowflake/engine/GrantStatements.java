package localcloud.snowflake.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import localcloud.snowflake.access.Access;
import localcloud.snowflake.access.Grants;
import localcloud.snowflake.access.Refusals;
import localcloud.snowflake.access.Securable;
import localcloud.snowflake.access.Securable.Kind;
import localcloud.snowflake.sql.Administration;
import localcloud.snowflake.sql.ObjectName;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.SqlType;

/**
 * GRANT, REVOKE and SHOW GRANTS: <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/grant-privilege">GRANT privileges</a>. The
 * owner of an object, or a role with MANAGE GRANTS, may grant.
 */
final class GrantStatements {

  private static final String MANAGE = "MANAGE GRANTS";

  private final Access access;

  GrantStatements(Access access) {
    this.access = access;
  }

  Result role(Administration.GrantRole grant, Session session) {
    Securable role = Securable.of(Kind.ROLE, grant.role());
    Securable other = Securable.of(grant.toUser() ? Kind.USER : Kind.ROLE, grant.other());
    if (!access.roles().exists(grant.role())) {
      throw Refusals.missing(role);
    }
    boolean known =
        grant.toUser()
            ? access.users().containsKey(grant.other())
            : access.roles().exists(grant.other());
    if (!known) {
      throw Refusals.missing(other);
    }
    mayGrantOn(role, session);
    if (grant.grants() && grant.toUser()) {
      access.roles().grantToUser(grant.role(), grant.other());
    } else if (grant.grants()) {
      access.roles().grantToRole(grant.role(), grant.other());
    } else if (grant.toUser()) {
      access.roles().revokeFromUser(grant.role(), grant.other());
    } else {
      access.roles().revokeFromRole(grant.role(), grant.other());
    }
    return Administrator.done("Statement executed successfully.");
  }

  Result privileges(Administration.GrantPrivileges grant, Session session) {
    if (!access.roles().exists(grant.role())) {
      throw Refusals.missing(Securable.of(Kind.ROLE, grant.role()));
    }
    Kind kind = Kind.valueOf(grant.on().kind());
    if (grant.on().future().isPresent()) {
      future(grant, kind, session);
    } else {
      Securable object = object(grant.on(), session);
      if (!access.sees(session.role(), object)
          && !access.may(session.role(), MANAGE, Securable.ACCOUNT)) {
        throw Refusals.missing(object);
      }
      mayGrantOn(object, session);
      grant.privileges().forEach(privilege -> change(grant, privilege, object, session));
    }
    return Administrator.done("Statement executed successfully.");
  }

  private void change(
      Administration.GrantPrivileges grant, String privilege, Securable object, Session session) {
    Grants grants = access.grants();
    if (!grant.grants()) {
      grants.revoke(privilege, object, grant.role());
      return;
    }
    if (privilege.equals(Grants.OWNERSHIP) && !grant.copiesGrants()) {
      List<Grants.Grant> others =
          grants.on(object).stream().filter(g -> !g.privilege().equals(privilege)).toList();
      if (!others.isEmpty()) {
        throw new Refusal(
            "003007",
            "42501",
            "SQL execution error: Dependent grant of privilege '%s' on securable '%s' to role '%s' exists.  It must be revoked first.  More than one dependent grant may exist: use 'SHOW GRANTS' command to view them.  To revoke all dependent grants while transferring object ownership, use convenience command 'GRANT OWNERSHIP ON <target_objects> TO <target_role> REVOKE CURRENT GRANTS'."
                .formatted(others.get(0).privilege(), object.shown(), others.get(0).role()));
      }
    }
    grants.grant(privilege, object, grant.role(), session.role());
  }

  private void future(Administration.GrantPrivileges grant, Kind kind, Session session) {
    Administration.Container container = grant.on().future().orElseThrow();
    Securable in =
        container.isSchema()
            ? new Securable(Kind.SCHEMA, session.resolveSchema(container.name(), "GRANT").parts())
            : Securable.of(Kind.DATABASE, container.name().last());
    if (access.grants().owner(in).isEmpty()) {
      throw Refusals.missing(in);
    }
    access.require(session.role(), MANAGE, Securable.ACCOUNT);
    for (String privilege : grant.privileges()) {
      Grants.Future future = new Grants.Future(privilege, kind, in, grant.role());
      if (grant.grants()) {
        access.grants().grantFuture(future);
      } else {
        access.grants().revokeFuture(future);
      }
    }
  }

  private void mayGrantOn(Securable object, Session session) {
    if (!access.may(session.role(), Grants.OWNERSHIP, object)
        && !access.may(session.role(), MANAGE, Securable.ACCOUNT)) {
      throw Refusals.insufficientPrivileges(object);
    }
  }

  /** The named object, which must exist. */
  private Securable object(Administration.Target target, Session session) {
    Kind kind = Kind.valueOf(target.kind());
    if (kind == Kind.ACCOUNT) {
      return Securable.ACCOUNT;
    }
    ObjectName name = target.name().orElseThrow();
    List<String> parts =
        switch (kind.parts()) {
          case 1 -> List.of(name.last());
          case 2 -> session.resolveSchema(name, "GRANT").parts();
          default -> Securable.of(kind, session.resolve(name, "GRANT")).name();
        };
    Securable object = new Securable(kind, parts);
    if (access.grants().owner(object).isEmpty()) {
      throw Refusals.missing(object);
    }
    return object;
  }

  Result show(Administration.ShowGrants show, Session session) {
    if (show.toUser().isPresent()) {
      return rolesOf(show.toUser().get());
    }
    if (show.on().isPresent()) {
      Securable object = object(show.on().get(), session);
      if (!access.sees(session.role(), object)
          && !access.may(session.role(), MANAGE, Securable.ACCOUNT)) {
        throw Refusals.missing(object);
      }
      return shown(access.grants().on(object), List.of());
    }
    String role = show.toRole().orElseThrow();
    if (!access.roles().exists(role)) {
      throw Refusals.missing(Securable.of(Kind.ROLE, role));
    }
    return shown(
        access.grants().to(role),
        access.roles().grantedToRole(role).stream()
            .map(granted -> row("USAGE", "ROLE", granted, "ROLE", role, "", Instant.EPOCH))
            .toList());
  }

  private static Result shown(Collection<Grants.Grant> grants, List<List<String>> more) {
    List<List<String>> rows = new ArrayList<>();
    for (Grants.Grant grant : grants) {
      rows.add(
          row(
              grant.privilege(),
              grant.on().kind().name(),
              grant.on().kind() == Kind.ACCOUNT ? Access.ACCOUNT : grant.on().shown(),
              "ROLE",
              grant.role(),
              grant.grantedBy(),
              grant.since()));
    }
    rows.addAll(more);
    List<Result.Column> columns = new ArrayList<>();
    columns.add(new Result.Column("created_on", SqlType.LTZ));
    columns.addAll(
        Result.texts(
            "privilege",
            "granted_on",
            "name",
            "granted_to",
            "grantee_name",
            "grant_option",
            "granted_by"));
    return new Result(Result.Kind.SHOW, columns, rows);
  }

  private static List<String> row(
      String privilege,
      String on,
      String name,
      String to,
      String grantee,
      String by,
      Instant since) {
    return Result.row(
        "%d.%09d".formatted(since.getEpochSecond(), since.getNano()),
        privilege,
        on,
        name,
        to,
        grantee,
        Boolean.toString(privilege.equals(Grants.OWNERSHIP)).toLowerCase(Locale.ROOT),
        by);
  }

  private Result rolesOf(String user) {
    if (Optional.ofNullable(access.users().get(user)).isEmpty()) {
      throw Refusals.missing(Securable.of(Kind.USER, user));
    }
    return new Result(
        Result.Kind.SHOW,
        Result.texts("role", "granted_to", "grantee_name"),
        access.roles().granted(user).stream().map(role -> Result.row(role, "USER", user)).toList());
  }
}
