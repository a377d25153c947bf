package localcloud.snowflake.sql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import localcloud.snowflake.sql.Statement.OnConflict;

/** A statement about users, roles, grants, warehouses or integrations. */
public sealed interface Administration {

  /** One method for each kind, so that none can be forgotten. */
  interface Visitor<R> {
    R visit(Create create);

    R visit(Alter alter);

    R visit(AddToken addToken);

    R visit(Drop drop);

    R visit(DescribeIntegration describe);

    R visit(ShowWarehouses show);

    R visit(GrantRole grantRole);

    R visit(GrantPrivileges grantPrivileges);

    R visit(ShowGrants showGrants);
  }

  /** Calls the visitor's method for this kind. */
  <R> R accept(Visitor<R> visitor);

  /** What is administered. */
  enum Kind {
    USER,
    ROLE,
    WAREHOUSE,
    INTEGRATION
  }

  /**
   * CREATE USER, ROLE, WAREHOUSE or STORAGE INTEGRATION.
   *
   * @param properties upper-case names; the values of a list in parentheses one by one
   */
  record Create(Kind kind, String name, OnConflict onConflict, Map<String, List<String>> properties)
      implements Administration {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * ALTER of the same.
   *
   * @param set properties as in CREATE; for a warehouse also SUSPEND and RESUME
   * @param unset names of properties
   */
  record Alter(
      Kind kind, String name, boolean ifExists, Map<String, List<String>> set, List<String> unset)
      implements Administration {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * ALTER USER … ADD PROGRAMMATIC ACCESS TOKEN.
   *
   * @param role ROLE_RESTRICTION, if there is one
   */
  record AddToken(String user, String token, Optional<String> role) implements Administration {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** DROP of the same. */
  record Drop(Kind kind, String name, boolean ifExists) implements Administration {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** DESCRIBE [STORAGE] INTEGRATION. */
  record DescribeIntegration(String name) implements Administration {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** SHOW WAREHOUSES. */
  record ShowWarehouses() implements Administration {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * GRANT or REVOKE ROLE.
   *
   * @param grants false revokes
   * @param toUser false if the other is a role
   */
  record GrantRole(boolean grants, String role, boolean toUser, String other)
      implements Administration {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * The object of privileges.
   *
   * @param kind as GRANT names it, in the singular and with underscores: {@code EXTERNAL_TABLE}
   * @param name absent for the account and for future objects
   * @param future the schema or database whose future objects are meant
   */
  record Target(String kind, Optional<ObjectName> name, Optional<Container> future) {}

  /**
   * The place of future objects.
   *
   * @param isSchema false for a database
   */
  record Container(boolean isSchema, ObjectName name) {}

  /**
   * GRANT or REVOKE of privileges.
   *
   * @param grants false revokes
   * @param privileges upper case
   * @param copiesGrants OWNERSHIP … COPY CURRENT GRANTS
   */
  record GrantPrivileges(
      boolean grants, List<String> privileges, Target on, String role, boolean copiesGrants)
      implements Administration {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** SHOW GRANTS; exactly one of the three is present. */
  record ShowGrants(Optional<Target> on, Optional<String> toRole, Optional<String> toUser)
      implements Administration {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }
}
