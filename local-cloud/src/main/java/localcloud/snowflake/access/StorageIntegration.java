package localcloud.snowflake.access;

import java.util.List;
import java.util.stream.Stream;

/**
 * A storage integration for S3: <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/create-storage-integration">CREATE STORAGE
 * INTEGRATION</a>.
 *
 * @param roleArn STORAGE_AWS_ROLE_ARN
 * @param allowed STORAGE_ALLOWED_LOCATIONS, or {@code *} for every one
 * @param blocked STORAGE_BLOCKED_LOCATIONS
 */
public record StorageIntegration(
    String name, String roleArn, List<String> allowed, List<String> blocked, String comment) {

  /** Whether a stage may be over that URL. */
  public boolean allows(String url) {
    return covers(allowed.stream(), url) && !covers(blocked.stream(), url);
  }

  private static boolean covers(Stream<String> locations, String url) {
    return locations.anyMatch(
        location -> location.equals("*") || (url + "/").startsWith(withSlash(location)));
  }

  private static String withSlash(String location) {
    return location.endsWith("/") ? location : location + "/";
  }
}
