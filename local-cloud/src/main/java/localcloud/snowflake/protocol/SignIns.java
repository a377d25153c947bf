package localcloud.snowflake.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import localcloud.snowflake.engine.Engine;
import localcloud.snowflake.engine.Session;

/** Who is signed in: sign-in, renewal of tokens, the end of sessions. Any password will do. */
public final class SignIns {

  private static final long TOKEN_SECONDS = 3_600;
  private static final long MASTER_TOKEN_SECONDS = 14_400;

  private final Engine engine;
  private final AtomicLong lastSession = new AtomicLong(1_000);
  private final Map<String, SignIn> byToken = new ConcurrentHashMap<>();
  private final Map<String, SignIn> byMasterToken = new ConcurrentHashMap<>();

  /** No sessions yet. */
  public SignIns(Engine engine) {
    this.engine = engine;
  }

  /** Makes every session's token too old, as an hour would: the drivers have to renew theirs. */
  public void expireTokens() {
    byToken.values().forEach(SignIn::expireToken);
  }

  ObjectNode logIn(Map<String, String> query, JsonNode body) {
    JsonNode data = body.path("data");
    String user = data.path("LOGIN_NAME").asText("");
    if (user.isBlank()) {
      return Answers.failure("390100", "Incorrect username or password was specified.");
    }
    Session session =
        new Session(
            lastSession.incrementAndGet(),
            user.toUpperCase(Locale.ROOT),
            identifier(query.get("roleName")).orElse("ACCOUNTADMIN"),
            identifier(query.get("warehouse")));
    data.path("SESSION_PARAMETERS")
        .properties()
        .forEach(entry -> session.set(entry.getKey(), entry.getValue().asText()));
    engine.enter(
        session, identifier(query.get("databaseName")), identifier(query.get("schemaName")));
    SignIn signIn = new SignIn(session, newToken("master"), newToken("session"));
    byToken.put(signIn.token(), signIn);
    byMasterToken.put(signIn.masterToken(), signIn);
    return Answers.success(loggedIn(signIn));
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

  /** The session of a token; empty when it has ended or never was. */
  Optional<SignIn> find(String token) {
    return Optional.ofNullable(byToken.get(token));
  }

  void logOut(SignIn signIn) {
    byToken.remove(signIn.token());
    byMasterToken.remove(signIn.masterToken());
    engine.end(signIn.session());
  }
}
