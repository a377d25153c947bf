package localcloud.snowflake;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The {@link Contract} of a real account, which the environment names: {@code SNOWFLAKE_URL} (of
 * JDBC), {@code SNOWFLAKE_USER}, {@code SNOWFLAKE_PRIVATE_KEY_FILE}, {@code SNOWFLAKE_DATABASE} (in
 * which the role may create schemas), {@code SNOWFLAKE_STAGE_URL} ({@code s3://bucket/folder/}) and
 * {@code SNOWFLAKE_STORAGE_INTEGRATION} over it; if need be {@code SNOWFLAKE_ROLE}, {@code
 * SNOWFLAKE_WAREHOUSE}, {@code SNOWFLAKE_PRIVATE_KEY_PASSWORD}. Objects are written with the AWS
 * SDK's default credentials and region.
 */
final class RealAccount implements ContractAccount {

  private static final Map<String, String> ENVIRONMENT = System.getenv();

  private static final List<String> NEEDED =
      List.of(
          "SNOWFLAKE_URL",
          "SNOWFLAKE_USER",
          "SNOWFLAKE_PRIVATE_KEY_FILE",
          "SNOWFLAKE_DATABASE",
          "SNOWFLAKE_STAGE_URL",
          "SNOWFLAKE_STORAGE_INTEGRATION");

  static {
    List<String> missing = NEEDED.stream().filter(name -> setting(name).isEmpty()).toList();
    if (setting("SNOWFLAKE_URL").isEmpty()) {
      System.out.println(
          "Snowflake contract: SNOWFLAKE_URL is not set, so it is tried on the stand-in and on no"
              + " account");
    } else if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "Cannot try the contract on " + ENVIRONMENT.get("SNOWFLAKE_URL") + ": unset " + missing);
    } else {
      System.out.println("Snowflake contract: tried on " + ENVIRONMENT.get("SNOWFLAKE_URL"));
    }
  }

  private final S3Client s3 = S3Client.create();
  private final String bucket;
  private final String prefix;

  RealAccount() {
    String url = ENVIRONMENT.get("SNOWFLAKE_STAGE_URL").replaceFirst("^s3://", "");
    int slash = url.indexOf('/');
    String folder = slash < 0 ? "" : url.substring(slash + 1);
    bucket = slash < 0 ? url : url.substring(0, slash);
    prefix = folder.isEmpty() || folder.endsWith("/") ? folder : folder + "/";
  }

  private static Optional<String> setting(String name) {
    return Optional.ofNullable(ENVIRONMENT.get(name)).filter(value -> !value.isBlank());
  }

  /** Whether the environment names an account; says so either way, once. */
  static boolean isConfigured() {
    return setting("SNOWFLAKE_URL").isPresent();
  }

  @Override
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.put("user", ENVIRONMENT.get("SNOWFLAKE_USER"));
    properties.put("private_key_file", ENVIRONMENT.get("SNOWFLAKE_PRIVATE_KEY_FILE"));
    setting("SNOWFLAKE_PRIVATE_KEY_PASSWORD")
        .ifPresent(password -> properties.put("private_key_pwd", password));
    setting("SNOWFLAKE_ROLE").ifPresent(role -> properties.put("role", role));
    setting("SNOWFLAKE_WAREHOUSE").ifPresent(warehouse -> properties.put("warehouse", warehouse));
    properties.put("db", database());
    properties.put("TIMEZONE", "UTC");
    properties.put("JDBC_QUERY_RESULT_FORMAT", "JSON");
    return DriverManager.getConnection(ENVIRONMENT.get("SNOWFLAKE_URL"), properties);
  }

  @Override
  public String database() {
    return ENVIRONMENT.get("SNOWFLAKE_DATABASE");
  }

  @Override
  public String prefix() {
    return prefix;
  }

  @Override
  public String stage(String name, String folder) {
    return "CREATE STAGE "
        + name
        + " URL = 's3://"
        + bucket
        + "/"
        + folder
        + "' STORAGE_INTEGRATION = "
        + ENVIRONMENT.get("SNOWFLAKE_STORAGE_INTEGRATION");
  }

  @Override
  public void put(String key, Path content) {
    s3.putObject(request -> request.bucket(bucket).key(key), content);
  }

  @Override
  public void delete(String key) {
    s3.deleteObject(request -> request.bucket(bucket).key(key));
  }

  @Override
  public void deleteAll(String folder) {
    Stream<String> keys =
        s3
            .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(folder))
            .contents()
            .stream()
            .map(object -> object.key());
    keys.toList().forEach(this::delete);
  }

  @Override
  public void close() {
    s3.close();
  }
}
