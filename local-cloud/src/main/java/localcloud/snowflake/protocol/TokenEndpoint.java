package localcloud.snowflake.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.snowflake.access.Access;
import localcloud.snowflake.access.User;

/**
 * Issues access tokens for client credentials (RFC 6749, section 4.4), in the place of the identity
 * provider that <a href="https://docs.snowflake.com/en/user-guide/oauth-ext-overview">External
 * OAuth</a> needs. A client is a user: its id is the user's name, its secret the password.
 */
public final class TokenEndpoint implements HttpHandler {

  /** The driver's default address. */
  public static final String PATH = "/oauth/token-request";

  private static final Pattern BASIC = Pattern.compile("(?i)Basic\\s+(\\S+)");
  private static final Pattern ROLE = Pattern.compile("(?i)session:role:(\\S+)");

  private final Access access;
  private final OAuthTokens tokens;

  TokenEndpoint(Access access, OAuthTokens tokens) {
    this.access = access;
    this.tokens = tokens;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Map<String, String> form = Router.query(new String(body, StandardCharsets.UTF_8));
    Optional<String> client = client(exchange.getRequestHeaders().getFirst("Authorization"));
    ObjectNode answer = Answers.object();
    int status = 200;
    if (!"client_credentials".equals(form.get("grant_type"))) {
      status = 400;
      answer.put("error", "unsupported_grant_type");
    } else if (client.isEmpty()) {
      status = 401;
      answer.put("error", "invalid_client");
    } else {
      Matcher role = ROLE.matcher(form.getOrDefault("scope", ""));
      Optional<String> scoped =
          role.find() ? Optional.of(role.group(1).toUpperCase(Locale.ROOT)) : Optional.empty();
      answer
          .put("access_token", tokens.issue(client.get(), scoped))
          .put("token_type", "Bearer")
          .put("expires_in", OAuthTokens.LIFE.toSeconds());
    }
    byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** The client that the header authenticates, upper case; the parts of Basic are form-encoded. */
  private Optional<String> client(String header) {
    Matcher basic = BASIC.matcher(header == null ? "" : header);
    if (!basic.matches()) {
      return Optional.empty();
    }
    String pair = new String(Base64.getDecoder().decode(basic.group(1)), StandardCharsets.UTF_8);
    int colon = pair.indexOf(':');
    if (colon <= 0) {
      return Optional.empty();
    }
    String name = Router.decoded(pair.substring(0, colon)).toUpperCase(Locale.ROOT);
    String secret = Router.decoded(pair.substring(colon + 1));
    User user = access.users().get(name);
    boolean isFree = user == null || !user.hasCredentials();
    boolean proven =
        isFree
            ? !access.admitsOnlyKnownUsers()
            : user.password().filter(secret::equals).isPresent();
    return proven ? Optional.of(name) : Optional.empty();
  }
}
