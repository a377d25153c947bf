package localcloud.snowflake.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import localcloud.snowflake.access.Access;
import localcloud.snowflake.access.Roles;
import localcloud.snowflake.access.Securable;
import localcloud.snowflake.access.Securable.Kind;
import localcloud.snowflake.access.User;
import localcloud.snowflake.engine.Engine;
import localcloud.snowflake.engine.Session;
import localcloud.snowflake.protocol.Authentication.Proven;
import localcloud.snowflake.sql.Refusal;

/** The sessions: sign-in, renewal of tokens, end. */
public final class SignIns {

  private static final long TOKEN_SECONDS = 3_600;
  private static final long MASTER_TOKEN_SECONDS = 14_400;

  private final Engine engine;
  private final Access access;
  private final OAuthTokens oauth;
  private final Authentication authentication;
  private final AtomicLong lastSession = new AtomicLong(1_000);
  private final Map<String, SignIn> byToken = new ConcurrentHashMap<>();
  private final Map<String, SignIn> byMasterToken = new ConcurrentHashMap<>();

  /**
   * No sessions yet.
   *
   * @param clock the clock for the age of tokens
   */
  public SignIns(Engine engine, Clock clock) {
    this.engine = engine;
    this.access = engine.access();
    this.oauth = new OAuthTokens(clock);
    this.authentication = new Authentication(access, oauth, clock);
  }

  /** The endpoint where a client gets its access token. */
  public TokenEndpoint tokenEndpoint() {
    return new TokenEndpoint(access, oauth);
  }

  /** Makes every session's token too old, as after an hour: the drivers have to renew theirs. */
  public void expireTokens() {
    byToken.values().forEach(SignIn::expireToken);
  }

  ObjectNode logIn(Map<String, String> query, JsonNode body) {
    JsonNode data = body.path("data");
    try {
      Proven proven = authentication.check(data);
      Optional<String> role = identifier(query.get("roleName")).or(proven::role);
      return loggedIn(
          session(proven.user(), role, identifier(query.get("warehouse"))), query, data);
    } catch (Refusal refusal) {
      return Answers.failure(refusal.code(), refusal.getMessage());
    }
  }

  private ObjectNode loggedIn(Session session, Map<String, String> query, JsonNode data) {
    data.path("SESSION_PARAMETERS")
        .properties()
        .forEach(entry -> session.set(entry.getKey(), entry.getValue().asText()));
    engine.enter(
        session,
        identifier(query.get("databaseName"))
            .filter(name -> mayUse(session.role(), Securable.of(Kind.DATABASE, name))),
        identifier(query.get("schemaName")));
    SignIn signIn = new SignIn(session, newToken("master"), newToken("session"));
    byToken.put(signIn.token(), signIn);
    byMasterToken.put(signIn.masterToken(), signIn);
    return Answers.success(loggedIn(signIn));
  }

  private boolean mayUse(String role, Securable object) {
    return access.may(role, "USAGE", object);
  }

  /** The role and the warehouse are the user's defaults if none are requested. */
  private Session session(String name, Optional<String> role, Optional<String> warehouse) {
    Optional<User> user = Optional.ofNullable(access.users().get(name));
    String active =
        role.or(
                () ->
                    user.flatMap(known -> known.property("DEFAULT_ROLE"))
                        .flatMap(SignIns::identifier))
            .orElse(user.isEmpty() ? Roles.ACCOUNTADMIN : Roles.PUBLIC);
    if (!access.mayTakeOn(name, active)) {
      throw role.isPresent() ? notAuthorized(active) : notGranted(active);
    }
    Optional<String> chosen =
        warehouse.or(
            () ->
                user.flatMap(known -> known.property("DEFAULT_WAREHOUSE"))
                    .flatMap(SignIns::identifier));
    boolean checked = user.isPresent();
    return new Session(
        lastSession.incrementAndGet(),
        name,
        active,
        chosen.filter(
            wanted ->
                !checked
                    || (access.warehouses().containsKey(wanted)
                        && mayUse(active, Securable.of(Kind.WAREHOUSE, wanted)))));
  }

  private static Refusal notAuthorized(String role) {
    return new Refusal(
        "390189",
        "08004",
        "Role '"
            + role
            + "' specified in the connect string does not exist or not authorized. Contact your"
            + " local system administrator, or attempt to login with another role, e.g. PUBLIC.");
  }

  private static Refusal notGranted(String role) {
    return new Refusal(
        "390186",
        "08004",
        "User's configured default role '"
            + role
            + "' is not granted to this user. Contact your local system administrator, or attempt"
            + " to login using a CLI client with a connect string selecting another role, e.g."
            + " PUBLIC.");
  }

  private static ObjectNode loggedIn(SignIn signIn) {
    Session session = signIn.session();
    ObjectNode data =
        Answers.object()
            .put("masterToken", signIn.masterToken())
            .put("token", signIn.token())
            .put("validityInSeconds", TOKEN_SECONDS)
            .put("masterValidityInSeconds", MASTER_TOKEN_SECONDS)
            .put("displayUserName", session.user())
            .put("serverVersion", Engine.VERSION)
            .put("firstLogin", false)
            .put("sessionId", session.id())
            .put("healthCheckInterval", 45)
            .putNull("newClientForUpgrade");
    data.set("parameters", Answers.parameters(session));
    data.putObject("sessionInfo")
        .put("databaseName", session.database().orElse(null))
        .put("schemaName", session.schema().orElse(null))
        .put("warehouseName", session.warehouse().orElse(null))
        .put("roleName", session.role());
    return data;
  }

  /** A name in a connection string: as in SQL, upper case unless in double quotes. */
  private static Optional<String> identifier(String written) {
    if (written == null || written.isBlank()) {
      return Optional.empty();
    }
    boolean quoted = written.length() > 2 && written.startsWith("\"") && written.endsWith("\"");
    return Optional.of(
        quoted
            ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
            : written.toUpperCase(Locale.ROOT));
  }

  private static String newToken(String kind) {
    return kind + "-" + UUID.randomUUID();
  }

  ObjectNode renew(String masterToken) {
    SignIn signIn = byMasterToken.get(masterToken);
    if (signIn == null) {
      return Answers.failure("390113", "Master token not found in the request data.");
    }
    byToken.remove(signIn.token());
    signIn.renew(newToken("session"));
    byToken.put(signIn.token(), signIn);
    return Answers.success(
        Answers.object()
            .put("sessionToken", signIn.token())
            .put("validityInSecondsST", TOKEN_SECONDS)
            .put("masterToken", signIn.masterToken())
            .put("validityInSecondsMT", MASTER_TOKEN_SECONDS)
            .put("sessionId", signIn.session().id()));
  }

  /** The session of a token; empty if it has ended or never existed. */
  Optional<SignIn> find(String token) {
    return Optional.ofNullable(byToken.get(token));
  }

  void logOut(SignIn signIn) {
    byToken.remove(signIn.token());
    byMasterToken.remove(signIn.masterToken());
    engine.end(signIn.session());
  }
}
