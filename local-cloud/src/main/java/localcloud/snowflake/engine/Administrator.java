package localcloud.snowflake.engine;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localcloud.snowflake.access.Access;
import localcloud.snowflake.access.PublicKeys;
import localcloud.snowflake.access.Securable;
import localcloud.snowflake.access.User;
import localcloud.snowflake.access.User.AccessToken;
import localcloud.snowflake.sql.Administration;
import localcloud.snowflake.sql.ObjectName;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.Statement.OnConflict;

/**
 * Runs statements about users, roles and tokens, and passes those about warehouses, integrations
 * and grants on.
 */
final class Administrator {

  private final Access access;
  private final Warehouses warehouses;
  private final Integrations integrations;
  private final GrantStatements grants;
  private final SecureRandom random = new SecureRandom();

  Administrator(Access access) {
    this.access = access;
    this.warehouses = new Warehouses(access);
    this.integrations = new Integrations(access);
    this.grants = new GrantStatements(access);
  }

  Result run(Administration command, Session session) {
    return command.accept(new Runner(session));
  }

  /** One statement of one session. */
  private final class Runner implements Administration.Visitor<Result> {

    private final Session session;

    Runner(Session session) {
      this.session = session;
    }

    @Override
    public Result visit(Administration.Create create) {
      Securable object = securable(create.kind(), create.name());
      access.require(session.role(), "CREATE " + create.kind(), Securable.ACCOUNT);
      if (exists(create.kind(), create.name())) {
        if (create.onConflict() == OnConflict.FAIL) {
          throw Refusal.exists(ObjectName.shown(create.name()));
        }
        if (create.onConflict() == OnConflict.KEEP) {
          return done(ObjectName.shown(create.name()) + " already exists, statement succeeded.");
        }
        access.require(session.role(), "OWNERSHIP", object);
      }
      switch (create.kind()) {
        case USER -> {
          access.users().put(create.name(), user(create.name(), create.properties()));
          access.grants().created(object, session.role(), false);
        }
        case ROLE -> access.createRole(create.name(), session.role());
        case WAREHOUSE -> {
          warehouses.create(create);
          access.grants().created(object, session.role(), false);
          session.useWarehouse(create.name());
        }
        case INTEGRATION -> {
          integrations.create(create);
          access.grants().created(object, session.role(), false);
        }
      }
      return done(shown(create.kind()) + " " + create.name() + " successfully created.");
    }

    @Override
    public Result visit(Administration.Alter alter) {
      if (!exists(alter.kind(), alter.name())) {
        return absent(alter.ifExists(), alter.kind(), alter.name());
      }
      Securable object = securable(alter.kind(), alter.name());
      switch (alter.kind()) {
        case USER -> {
          access.require(session.role(), "OWNERSHIP", object);
          access.users().computeIfPresent(alter.name(), (name, user) -> altered(user, alter));
        }
        case ROLE -> access.require(session.role(), "OWNERSHIP", object);
        case WAREHOUSE -> warehouses.alter(alter, session.role());
        case INTEGRATION -> {
          access.require(session.role(), "OWNERSHIP", object);
          integrations.alter(alter);
        }
      }
      return done("Statement executed successfully.");
    }

    @Override
    public Result visit(Administration.AddToken add) {
      if (!exists(Administration.Kind.USER, add.user())) {
        throw Refusal.missingOrNotPerformable();
      }
      access.require(session.role(), "OWNERSHIP", securable(Administration.Kind.USER, add.user()));
      byte[] bytes = new byte[32];
      random.nextBytes(bytes);
      String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      access
          .users()
          .computeIfPresent(
              add.user(),
              (name, user) -> {
                Map<String, AccessToken> tokens = new HashMap<>(user.tokens());
                tokens.put(secret, new AccessToken(add.token(), add.role()));
                return new User(name, user.properties(), user.keys(), user.password(), tokens);
              });
      return new Result(
          Result.Kind.SHOW,
          Result.texts("token_name", "token_secret"),
          List.of(Result.row(add.token(), secret)));
    }

    @Override
    public Result visit(Administration.Drop drop) {
      if (!exists(drop.kind(), drop.name())) {
        return absent(drop.ifExists(), drop.kind(), drop.name());
      }
      Securable object = securable(drop.kind(), drop.name());
      access.require(session.role(), "OWNERSHIP", object);
      switch (drop.kind()) {
        case USER -> access.users().remove(drop.name());
        case ROLE -> access.dropRole(drop.name());
        case WAREHOUSE -> access.warehouses().remove(drop.name());
        case INTEGRATION -> access.integrations().remove(drop.name());
      }
      access.grants().dropped(object);
      return done(ObjectName.shown(drop.name()) + " successfully dropped.");
    }

    @Override
    public Result visit(Administration.DescribeIntegration describe) {
      Securable object = Securable.of(Securable.Kind.INTEGRATION, describe.name());
      if (!access.integrations().containsKey(describe.name())
          || !access.sees(session.role(), object)) {
        throw Refusal.missing("Integration", ObjectName.shown(describe.name()));
      }
      return integrations.describe(describe.name());
    }

    @Override
    public Result visit(Administration.ShowWarehouses show) {
      return warehouses.show(session.role());
    }

    @Override
    public Result visit(Administration.GrantRole grant) {
      return grants.role(grant, session);
    }

    @Override
    public Result visit(Administration.GrantPrivileges grant) {
      return grants.privileges(grant, session);
    }

    @Override
    public Result visit(Administration.ShowGrants show) {
      return grants.show(show, session);
    }
  }

  private boolean exists(Administration.Kind kind, String name) {
    return switch (kind) {
      case USER -> access.users().containsKey(name);
      case ROLE -> access.roles().exists(name);
      case WAREHOUSE -> access.warehouses().containsKey(name);
      case INTEGRATION -> access.integrations().containsKey(name);
    };
  }

  private static Result absent(boolean allowed, Administration.Kind kind, String name) {
    if (!allowed) {
      throw Refusal.missing(shown(kind), ObjectName.shown(name));
    }
    return done("Statement executed successfully.");
  }

  private static Securable securable(Administration.Kind kind, String name) {
    return Securable.of(Securable.Kind.valueOf(kind.name()), name);
  }

  private static String shown(Administration.Kind kind) {
    return kind.name().charAt(0) + kind.name().substring(1).toLowerCase(java.util.Locale.ROOT);
  }

  private static User user(String name, Map<String, List<String>> written) {
    User empty = new User(name, Map.of(), Map.of(), Optional.empty(), Map.of());
    return with(empty, written);
  }

  private static User altered(User user, Administration.Alter alter) {
    Map<String, String> properties = new LinkedHashMap<>(user.properties());
    var keys = new LinkedHashMap<>(user.keys());
    alter.unset().forEach(properties::remove);
    alter.unset().forEach(keys::remove);
    Optional<String> password = user.password().filter(any -> !alter.unset().contains("PASSWORD"));
    return with(new User(user.name(), properties, keys, password, user.tokens()), alter.set());
  }

  private static User with(User user, Map<String, List<String>> written) {
    Map<String, String> properties = new LinkedHashMap<>(user.properties());
    var keys = new LinkedHashMap<>(user.keys());
    Optional<String> password = user.password();
    for (Map.Entry<String, List<String>> property : written.entrySet()) {
      String value = String.join(" ", property.getValue());
      switch (property.getKey()) {
        case "RSA_PUBLIC_KEY", "RSA_PUBLIC_KEY_2" ->
            keys.put(property.getKey(), PublicKeys.parse(value));
        case "PASSWORD" -> password = Optional.of(value);
        default -> properties.put(property.getKey(), value);
      }
    }
    return new User(user.name(), properties, keys, password, user.tokens());
  }

  static Result done(String message) {
    return Result.status(Result.Kind.DEFINITION, message);
  }
}
