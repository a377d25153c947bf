package localcloud.snowflake.protocol;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The access tokens that the stand-in's own identity provider has issued. */
final class OAuthTokens {

  /** How long one lasts, as in Snowflake's own OAuth. */
  static final Duration LIFE = Duration.ofMinutes(10);

  /**
   * A token.
   *
   * @param user the sign-in name, upper case
   * @param role from the scope {@code session:role:…}, if it names one
   */
  record Issued(String user, Optional<String> role, Instant until) {}

  private final Clock clock;
  private final Map<String, Issued> byText = new ConcurrentHashMap<>();

  OAuthTokens(Clock clock) {
    this.clock = clock;
  }

  String issue(String user, Optional<String> role) {
    String text = "oauth-" + UUID.randomUUID();
    byText.put(text, new Issued(user, role, clock.instant().plus(LIFE)));
    return text;
  }

  Optional<Issued> find(String text) {
    return Optional.ofNullable(byText.get(text));
  }

  boolean isExpired(Issued token) {
    return !clock.instant().isBefore(token.until());
  }
}
