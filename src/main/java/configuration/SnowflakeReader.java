package configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import snowflake.PrivateKeys;
import snowflake.SnowflakeSettings;
import snowflake.SnowflakeSettings.Authentication;
import snowflake.SnowflakeSettings.Token;

/** Reads the {@link SnowflakeSettings} from the properties below {@code snowflake.}. */
record SnowflakeReader(Properties properties) {

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

  private static final Set<String> NAMING_A_USER = Set.of(KEY_PAIR, PASSWORD, TOKEN);

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

  SnowflakeSettings read() {
    String url = url();
    Optional<String> user = properties.text("user");
    List<String> set =
        WAYS.values().stream()
            .flatMap(Set::stream)
            .distinct()
            .filter(name -> properties.raw(name).isPresent())
            .sorted()
            .toList();
    Optional<String> way = way(set);
    // Without a way to sign in a problem has been added, and these settings are never used.
    Authentication authentication =
        way.map(this::authentication).orElse(new Authentication.WorkloadIdentity());
    properties.refuse(
        way.equals(Optional.of(WORKLOAD_IDENTITY))
            && System.getProperty("org.graalvm.nativeimage.imagecode") != null,
        "authentication",
        "is workload-identity, which is not in the native image; run on a JVM, or sign in with a key");
    properties.refuse(
        way.filter(NAMING_A_USER::contains).isPresent() && user.isEmpty(),
        "user",
        "is not set; name the user who signs in");
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
    properties.refuse(
        written.isPresent() && !url.matches("jdbc:snowflake://[^\\s/?#@]+(/[^\\s#]*)?"),
        "url",
        "is not of the form jdbc:snowflake://<account>.snowflakecomputing.com/");
    for (String parameter : query(url)) {
      properties.refuse(
          NOT_IN_URL.containsKey(parameter),
          "url",
          "has the parameter %s; write snowflake.%s instead"
              .formatted(parameter, NOT_IN_URL.get(parameter)));
    }
    return url;
  }

  /** Its parameters in lower case: the driver looks at neither upper nor lower case. */
  private static List<String> query(String url) {
    return Arrays.stream(url.replaceFirst("[^?]*\\??", "").split("&", -1))
        .filter(pair -> pair.indexOf('=') > 0)
        .map(pair -> pair.replaceFirst("=.*", "").toLowerCase(Locale.ROOT))
        .distinct()
        .toList();
  }

  private Optional<String> once(String name, String url) {
    Optional<String> value = properties.text(name).map(String::trim);
    properties.refuse(
        value.isPresent() && query(url).contains(name),
        name,
        "is also a parameter of snowflake.url; keep one");
    return value;
  }

  /** The configured way, or the one that follows from what is set. */
  private Optional<String> way(List<String> set) {
    Optional<String> named = properties.oneOf("authentication", WAYS.keySet());
    if (!properties.isSet("authentication")) {
      return told(set);
    }
    for (String name : set) {
      properties.refuse(
          named.isPresent() && !WAYS.get(named.get()).contains(name),
          name,
          "is set, and snowflake.authentication is %s; take one of them away"
              .formatted(named.orElse("")));
    }
    return named;
  }

  /** The way that follows from what is set. */
  private Optional<String> told(List<String> set) {
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
          "is not set, and there is more than one way to sign in (snowflake.%s); keep one"
              .formatted(String.join(", snowflake.", set)));
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
              properties.matching(
                  "oauth.token-url",
                  "https?://[^\\s/?#@]+(/[^\\s#]*)?",
                  "write the https:// address of the identity provider's token endpoint"),
              properties.text("oauth.scope"));
      default -> new Authentication.WorkloadIdentity();
    };
  }

  /** A value whose absence is already a problem. */
  private String secret(String name, String wayOut) {
    Optional<String> value = properties.raw(name);
    properties.refuse(value.isEmpty(), name, "is not set; " + wayOut);
    return value.orElse("");
  }

  private Optional<PrivateKey> key() {
    Optional<String> passphrase = properties.raw("private-key-passphrase");
    boolean isInFile = properties.isSet("private-key-file");
    if (isInFile && properties.isSet("private-key")) {
      properties.problem("private-key-file", "and snowflake.private-key are both set; keep one");
      return Optional.empty();
    }
    properties.refuse(
        !isInFile && !properties.isSet("private-key"),
        "private-key-file",
        "is not set; name the file of the private key");
    return isInFile
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
    properties.refuse(
        file.isPresent() && text.isPresent(),
        "token-file",
        "and snowflake.token are both set; keep one");
    properties.refuse(
        file.isEmpty() && text.isEmpty(), "token-file", "is not set; name the file of the token");
    properties.parsed("token-file", name -> naming(name, () -> notEmpty(name)));
    return file.<Token>map(name -> new Token.InFile(Path.of(name)))
        .orElse(new Token.Text(text.orElse("")));
  }

  private static String notEmpty(String file) {
    if (content(file).isBlank()) {
      throw new IllegalArgumentException("is empty");
    }
    return file;
  }
}
