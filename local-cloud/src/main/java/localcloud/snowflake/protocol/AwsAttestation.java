package localcloud.snowflake.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The driver's proof of a workload on AWS: a signed request for STS's GetCallerIdentity, as Base64
 * of JSON. See <a
 * href="https://docs.snowflake.com/en/user-guide/workload-identity-federation">Workload identity
 * federation</a>.
 */
final class AwsAttestation {

  private static final Pattern STS =
      Pattern.compile(
          "https://sts\\.([a-z0-9-]+\\.)?amazonaws\\.com(\\.cn)?/?\\?.*GetCallerIdentity.*");

  private AwsAttestation() {}

  /** Whether it has the form of one for Snowflake; only AWS could check its signature. */
  static boolean isWellFormed(String text) {
    try {
      JsonNode request = new ObjectMapper().readTree(Base64.getDecoder().decode(text));
      JsonNode headers = request.path("headers");
      return STS.matcher(request.path("url").asText()).matches()
          && headers.path("X-Snowflake-Audience").asText().equals("snowflakecomputing.com")
          && headers.path("Authorization").asText().startsWith("AWS4-HMAC-SHA256 ");
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
