package localcloud.snowflake.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import localcloud.snowflake.access.Access;
import localcloud.snowflake.access.PublicKeys;

/**
 * The token of a key-pair sign-in. The problems have the names of <a
 * href="https://docs.snowflake.com/en/sql-reference/functions/system_get_login_failure_details#jwt-token-errors">SYSTEM$GET_LOGIN_FAILURE_DETAILS:
 * JWT token errors</a>; the client does not see them.
 */
final class JsonWebToken {

  /** How far the issue time may be from the time of receipt. */
  static final Duration ALLOWED_SKEW = Duration.ofSeconds(60);

  /** The possible problems. */
  enum Fault {
    JWT_TOKEN_INVALID,
    JWT_TOKEN_ACCOUNT_MISMATCH,
    JWT_TOKEN_INVALID_USER_IN_ISSUER,
    JWT_TOKEN_MISSING_ISSUE_OR_EXPIRATION_TIME,
    JWT_TOKEN_INVALID_ISSUE_TIME,
    JWT_TOKEN_INVALID_EXPIRATION_TIME,
    JWT_TOKEN_INVALID_PUBLIC_KEY_FINGERPRINT_MISMATCH,
    JWT_TOKEN_INVALID_ALGORITHM,
    JWT_TOKEN_INVALID_SIGNATURE
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String signed;
  private final byte[] signature;
  private final JsonNode header;
  private final JsonNode claims;

  private JsonWebToken(String signed, byte[] signature, JsonNode header, JsonNode claims) {
    this.signed = signed;
    this.signature = signature;
    this.header = header;
    this.claims = claims;
  }

  /** Parses it; empty if it does not have the form. */
  static Optional<JsonWebToken> read(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      Base64.Decoder base64 = Base64.getUrlDecoder();
      return Optional.of(
          new JsonWebToken(
              parts[0] + "." + parts[1],
              base64.decode(parts[2]),
              JSON.readTree(base64.decode(parts[0])),
              JSON.readTree(base64.decode(parts[1]))));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The user in the issuer: {@code ACCOUNT.USER.SHA256:fingerprint}. */
  String user() {
    String[] parts = issuer().split("\\.", 3);
    return parts.length == 3 ? parts[1].toUpperCase(Locale.ROOT) : "";
  }

  private String issuer() {
    return claims.path("iss").asText("");
  }

  /** The problem with its times, if any. */
  Optional<Fault> timeFault(Instant now) {
    JsonNode issued = claims.path("iat");
    JsonNode expires = claims.path("exp");
    if (!issued.isNumber() || !expires.isNumber()) {
      return Optional.of(Fault.JWT_TOKEN_MISSING_ISSUE_OR_EXPIRATION_TIME);
    }
    Duration skew = Duration.between(Instant.ofEpochSecond(issued.asLong()), now).abs();
    // Whole seconds, as the token has them.
    if (skew.toSeconds() > ALLOWED_SKEW.toSeconds()) {
      return Optional.of(Fault.JWT_TOKEN_INVALID_ISSUE_TIME);
    }
    return now.isBefore(Instant.ofEpochSecond(expires.asLong()))
        ? Optional.empty()
        : Optional.of(Fault.JWT_TOKEN_INVALID_EXPIRATION_TIME);
  }

  /**
   * The problem with it for a user with these keys, if any.
   *
   * @param user the user's sign-in name, upper case
   */
  Optional<Fault> fault(String user, List<PublicKey> keys, Instant now) {
    if (!header.path("alg").asText("").equals("RS256")) {
      return Optional.of(Fault.JWT_TOKEN_INVALID_ALGORITHM);
    }
    String[] parts = issuer().split("\\.", 3);
    if (parts.length != 3) {
      return Optional.of(Fault.JWT_TOKEN_INVALID);
    }
    if (!parts[0].equalsIgnoreCase(Access.ACCOUNT)) {
      return Optional.of(Fault.JWT_TOKEN_ACCOUNT_MISMATCH);
    }
    if (!parts[1].equalsIgnoreCase(user)) {
      return Optional.of(Fault.JWT_TOKEN_INVALID_USER_IN_ISSUER);
    }
    if (!claims.path("sub").asText("").equalsIgnoreCase(parts[0] + "." + parts[1])) {
      return Optional.of(Fault.JWT_TOKEN_INVALID);
    }
    Optional<PublicKey> key =
        keys.stream().filter(k -> PublicKeys.fingerprint(k).equals(parts[2])).findFirst();
    if (key.isEmpty()) {
      return Optional.of(Fault.JWT_TOKEN_INVALID_PUBLIC_KEY_FINGERPRINT_MISMATCH);
    }
    return isSignedBy(key.get()) ? timeFault(now) : Optional.of(Fault.JWT_TOKEN_INVALID_SIGNATURE);
  }

  private boolean isSignedBy(PublicKey key) {
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(key);
      verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
