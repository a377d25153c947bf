package configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import snowflake.PrivateKeys;
import snowflake.SnowflakeSettings;
import snowflake.SnowflakeSettings.Authentication;
import snowflake.SnowflakeSettings.Token;

/** Reads the {@link SnowflakeSettings} from the properties below {@code snowflake.}. */
final class SnowflakeReader {

  private static final String KEY_PAIR = "key-pair";
  private static final String PASSWORD = "password";
  private static final String TOKEN = "token";
  private static final String OAUTH = "oauth";
  private static final String CLIENT_CREDENTIALS = "oauth-client-credentials";
  private static final String WORKLOAD_IDENTITY = "workload-identity";

  /** The properties of each way of signing in; a token belongs to two of them. */
  private static final Map<String, Set<String>> WAYS =
      new TreeMap<>(
          Map.of(
              KEY_PAIR, Set.of("private-key-file", "private-key", "private-key-passphrase"),
              PASSWORD, Set.of("password"),
              TOKEN, Set.of("token", "token-file"),
              OAUTH, Set.of("token", "token-file"),
              CLIENT_CREDENTIALS,
                  Set.of(
                      "oauth.client-id", "oauth.client-secret", "oauth.token-url", "oauth.scope"),
              WORKLOAD_IDENTITY, Set.of()));

  /** Parameters with a property of their own, which in a URL would be shown, or set twice. */
  private static final Map<String, String> NOT_IN_URL =
      Map.ofEntries(
          Map.entry("user", "user"),
          Map.entry("password", "password"),
          Map.entry("authenticator", "authentication"),
          Map.entry("token", "token-file"),
          Map.entry("private_key_file", "private-key-file"),
          Map.entry("private_key_base64", "private-key"),
          Map.entry("private_key_pwd", "private-key-passphrase"),
          Map.entry("private_key_file_pwd", "private-key-passphrase"),
          Map.entry("oauthclientid", "oauth.client-id"),
          Map.entry("oauthclientsecret", "oauth.client-secret"));

  private final Properties properties;

  SnowflakeReader(Properties properties) {
    this.properties = properties;
  }

  SnowflakeSettings read() {
    String url = url();
    Optional<String> user = properties.text("user");
    Set<String> set = new LinkedHashSet<>();
    WAYS.values().stream()
        .flatMap(Set::stream)
        .filter(name -> properties.raw(name).isPresent())
        .forEach(set::add);
    Optional<String> way = way(set);
    // Without a way to sign in a problem has been added, and these settings are never used.
    Authentication authentication =
        way.map(this::authentication).orElse(new Authentication.WorkloadIdentity());
    if (way.filter(WORKLOAD_IDENTITY::equals).isPresent()
        && System.getProperty("org.graalvm.nativeimage.imagecode") != null) {
      properties.problem(
          "authentication",
          "is workload-identity, which is not in the native image; run on a JVM, or sign in with a key");
    }
    boolean namesUser =
        way.isPresent()
            && !Set.of(OAUTH, CLIENT_CREDENTIALS, WORKLOAD_IDENTITY).contains(way.get());
    if (namesUser && user.isEmpty()) {
      properties.problem("user", "is not set; name the user who signs in");
    }
    SnowflakeSettings settings =
        new SnowflakeSettings(
            url,
            user,
            authentication,
            once("role", url),
            once("warehouse", url),
            time("login-timeout").orElse(Duration.ofSeconds(30)),
            time("network-timeout").orElse(Duration.ofMinutes(5)),
            time("statement-timeout").orElse(Duration.ofMinutes(30)),
            properties.count("max-connections", 1).orElse(8));
    properties.refuseUnknown();
    return settings;
  }

  private Optional<Duration> time(String name) {
    return properties.duration(name, Duration.ofSeconds(1));
  }

  private String url() {
    Optional<String> written =
        properties.required("url", "write jdbc:snowflake://<account>.snowflakecomputing.com/");
    String url = written.map(String::trim).orElse("");
    if (written.isPresent() && !url.matches("jdbc:snowflake://[^\\s/?#@]+(/[^\\s#]*)?")) {
      properties.problem(
          "url", "is not of the form jdbc:snowflake://<account>.snowflakecomputing.com/");
    }
    query(url).keySet().stream()
        .filter(NOT_IN_URL::containsKey)
        .forEach(
            name ->
                properties.problem(
                    "url",
                    "has the parameter %s; write snowflake.%s instead"
                        .formatted(name, NOT_IN_URL.get(name))));
    return url;
  }

  /** The parameters by their lower-case names: the driver ignores case. */
  private static Map<String, String> query(String url) {
    Map<String, String> parameters = new LinkedHashMap<>();
    int question = url.indexOf('?');
    if (question >= 0) {
      for (String pair : url.substring(question + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          parameters.put(
              pair.substring(0, equals).toLowerCase(Locale.ROOT), pair.substring(equals + 1));
        }
      }
    }
    return parameters;
  }

  private Optional<String> once(String name, String url) {
    Optional<String> value = properties.text(name).map(String::trim);
    if (value.isPresent() && query(url).containsKey(name)) {
      properties.problem(name, "is also a parameter of snowflake.url; keep one");
    }
    return value;
  }

  /** The configured way, or the one that follows from what is set. */
  private Optional<String> way(Set<String> set) {
    Optional<String> named =
        properties.oneOf(
            "authentication",
            WAYS.keySet().stream().collect(Collectors.toMap(word -> word, word -> word)));
    if (properties.text("authentication").isEmpty()) {
      return told(set);
    }
    named.ifPresent(way -> refuseOthers(way, set));
    return named;
  }

  /** Properties of another way than the configured one. */
  private void refuseOthers(String way, Set<String> set) {
    set.stream()
        .filter(name -> !WAYS.get(way).contains(name))
        .sorted()
        .forEach(
            name ->
                properties.problem(
                    name,
                    "is set, and snowflake.authentication is %s; take one of them away"
                        .formatted(way)));
  }

  /** The way that follows from what is set. */
  private Optional<String> told(Set<String> set) {
    List<String> possible =
        WAYS.keySet().stream()
            .filter(word -> WAYS.get(word).stream().anyMatch(set::contains))
            .toList();
    if (possible.isEmpty()) {
      properties.problem(
          "authentication",
          "is not set, nor a property that it could follow from; set snowflake.private-key-file, or another way to sign in of docs/configuration.md");
    } else if (possible.equals(List.of(OAUTH, TOKEN))) {
      properties.problem(
          "authentication",
          "is not set; write token for a programmatic access token, oauth for an OAuth access token");
    } else if (possible.size() > 1) {
      properties.problem(
          "authentication",
          "is not set, and there is more than one way to sign in (%s); keep one"
              .formatted(
                  set.stream()
                      .sorted()
                      .map(n -> "snowflake." + n)
                      .collect(Collectors.joining(", "))));
    }
    return possible.size() == 1 ? Optional.of(possible.get(0)) : Optional.empty();
  }

  private Authentication authentication(String way) {
    return switch (way) {
      case KEY_PAIR ->
          key()
              .<Authentication>map(Authentication.KeyPair::new)
              .orElse(new Authentication.WorkloadIdentity());
      case PASSWORD ->
          new Authentication.Password(secret("password", "write it, or sign in with a key"));
      case TOKEN -> new Authentication.AccessToken(token());
      case OAUTH -> new Authentication.OAuthToken(token());
      case CLIENT_CREDENTIALS ->
          new Authentication.ClientCredentials(
              secret("oauth.client-id", "write the client's id"),
              secret("oauth.client-secret", "write the client's secret"),
              properties.parsed("oauth.token-url", SnowflakeReader::tokenUrl),
              properties.text("oauth.scope"));
      default -> new Authentication.WorkloadIdentity();
    };
  }

  /** A value whose absence is already a problem. */
  private String secret(String name, String wayOut) {
    Optional<String> value = properties.raw(name);
    if (value.isEmpty()) {
      properties.problem(name, "is not set; " + wayOut);
    }
    return value.orElse("");
  }

  private Optional<PrivateKey> key() {
    Optional<String> passphrase = properties.raw("private-key-passphrase");
    Optional<String> file = properties.text("private-key-file").map(String::trim);
    Optional<String> text = properties.text("private-key");
    if (file.isPresent() && text.isPresent()) {
      properties.problem("private-key-file", "and snowflake.private-key are both set; keep one");
      return Optional.empty();
    }
    if (file.isEmpty() && text.isEmpty()) {
      properties.problem("private-key-file", "is not set; name the file of the private key");
    }
    return file.isPresent()
        ? properties.parsed(
            "private-key-file",
            name -> naming(name, () -> PrivateKeys.read(content(name), passphrase)))
        : properties.parsed("private-key", pem -> PrivateKeys.read(pem, passphrase));
  }

  /** A file's problem names the file. */
  private static <T> T naming(String file, Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is '%s', which %s".formatted(file, e.getMessage()), e);
    }
  }

  private static String content(String file) {
    Path path = Path.of(file);
    if (!Files.isRegularFile(path)) {
      throw new IllegalArgumentException("does not exist, or is no file");
    }
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "this user cannot read as text (%s)".formatted(e.getClass().getSimpleName()), e);
    }
  }

  private Token token() {
    Optional<String> file = properties.text("token-file").map(String::trim);
    Optional<String> text = properties.text("token").map(String::trim);
    if (file.isPresent() == text.isPresent()) {
      properties.problem(
          "token-file",
          file.isPresent()
              ? "and snowflake.token are both set; keep one"
              : "is not set; name the file of the token");
    }
    file.ifPresent(
        name ->
            properties.parsed("token-file", written -> naming(written, () -> notEmpty(written))));
    return file.<Token>map(name -> new Token.InFile(Path.of(name)))
        .orElse(new Token.Text(text.orElse("")));
  }

  private static String notEmpty(String file) {
    if (content(file).isBlank()) {
      throw new IllegalArgumentException("is empty");
    }
    return file;
  }

  private static String tokenUrl(String written) {
    if (!written.matches("https?://[^\\s/?#@]+(/[^\\s#]*)?")) {
      throw new IllegalArgumentException(
          "is '%s'; write the https:// address of the identity provider's token endpoint"
              .formatted(written));
    }
    return written;
  }
}
