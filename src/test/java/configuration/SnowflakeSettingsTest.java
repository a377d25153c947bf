package configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import snowflake.SnowflakeSettings;
import snowflake.SnowflakeSettings.Authentication;
import snowflake.SnowflakeSettings.Token;
import testing.Configuration;
import testing.KeyPair;

class SnowflakeSettingsTest {

  private static final String SECRET = "of-a-test";
  private static final KeyPair KEY = new KeyPair();

  @TempDir Path folder;

  private static Configuration service() {
    return Configuration.ofPipeline("p").without("snowflake.password");
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private static SnowflakeSettings read(Configuration configuration) {
    return Reading.of(configuration.config()).snowflake;
  }

  private static List<String> problems(Configuration configuration) {
    List<String> problems = Reading.problems(configuration);
    assertThat(problems.toString()).doesNotContain(SECRET).doesNotContain("BEGIN RSA");
    return problems;
  }

  @Test
  void a_key_in_a_file_needs_nothing_else() throws IOException {
    SnowflakeSettings settings =
        read(service().with("snowflake.private-key-file", file("key.p8", KEY.pem())));

    assertThat(settings)
        .isEqualTo(
            new SnowflakeSettings(
                "jdbc:snowflake://example.snowflakecomputing.com/",
                Optional.of("service"),
                new Authentication.KeyPair(KEY.privateKey()),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                8));
  }

  @Test
  void a_key_may_be_encrypted_and_may_be_a_text_with_its_line_ends_written_out() {
    assertThat(
            read(service()
                    .with("snowflake.private-key", KEY.pem(SECRET).replace("\n", "\\n"))
                    .with("snowflake.private-key-passphrase", SECRET))
                .authentication())
        .isEqualTo(new Authentication.KeyPair(KEY.privateKey()));
  }

  @Test
  void every_property_reaches_its_place() {
    assertThat(
            read(
                service()
                    .without("snowflake.user")
                    .with("snowflake.role", "LOADER")
                    .with("snowflake.warehouse", "SMALL")
                    .with("snowflake.authentication", "oauth-client-credentials")
                    .with("snowflake.oauth.client-id", "id")
                    .with("snowflake.oauth.client-secret", SECRET)
                    .with("snowflake.oauth.token-url", "https://idp.example/token")
                    .with("snowflake.oauth.scope", "session:role:LOADER")
                    .with("snowflake.login-timeout", "1m")
                    .with("snowflake.network-timeout", "2m")
                    .with("snowflake.statement-timeout", "3h")
                    .with("snowflake.max-connections", "2")))
        .isEqualTo(
            new SnowflakeSettings(
                "jdbc:snowflake://example.snowflakecomputing.com/",
                Optional.empty(),
                new Authentication.ClientCredentials(
                    "id",
                    SECRET,
                    Optional.of("https://idp.example/token"),
                    Optional.of("session:role:LOADER")),
                Optional.of("LOADER"),
                Optional.of("SMALL"),
                Duration.ofMinutes(1),
                Duration.ofMinutes(2),
                Duration.ofHours(3),
                2));
  }

  @Test
  void the_way_follows_from_what_is_set() throws IOException {
    assertThat(read(service().with("snowflake.password", SECRET)).authentication())
        .isEqualTo(new Authentication.Password(SECRET));
    assertThat(
            read(service()
                    .with("snowflake.oauth.client-id", "id")
                    .with("snowflake.oauth.client-secret", SECRET))
                .authentication()
                .word())
        .isEqualTo("oauth-client-credentials");
    Path token = Path.of(file("token", SECRET + "\n"));
    assertThat(
            read(service()
                    .with("snowflake.authentication", "token")
                    .with("snowflake.token-file", token.toString()))
                .authentication())
        .isEqualTo(new Authentication.AccessToken(new Token.InFile(token)));
    assertThat(
            read(service()
                    .with("snowflake.authentication", "oauth")
                    .with("snowflake.token", SECRET))
                .authentication())
        .isEqualTo(new Authentication.OAuthToken(new Token.Text(SECRET)));
  }

  @Test
  void no_way_shows_its_secret() {
    assertThat(
            List.of(
                    new Authentication.KeyPair(KEY.privateKey()),
                    new Authentication.Password(SECRET),
                    new Authentication.AccessToken(new Token.Text(SECRET)),
                    new Authentication.OAuthToken(new Token.Text(SECRET)),
                    new Authentication.ClientCredentials(
                        "id", SECRET, Optional.empty(), Optional.empty()))
                .toString())
        .doesNotContain(SECRET)
        .doesNotContain("RSA");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "authentication|key|is 'key'; write one of key-pair, oauth, oauth-client-credentials, password, token, workload-identity",
        "authentication|key-pair|private-key-file is not set; name the file of the private key",
        "authentication|password|password is not set; write it, or sign in with a key",
        "authentication|token|token-file is not set; name the file of the token",
        "authentication|oauth-client-credentials|oauth.client-secret is not set; write the client's secret",
        "token|of-a-test|authentication is not set; write token for a programmatic access token, oauth for an OAuth access token",
        "private-key-file|/absent/key.p8|is '/absent/key.p8', which does not exist, or is no file",
        "private-key-file|/|is '/', which does not exist, or is no file",
        "private-key|of-a-test|holds no PEM: write the whole key, from -----BEGIN to the end",
        "url|jdbc:postgresql://x/|is not of the form jdbc:snowflake://<account>.snowflakecomputing.com/",
        "url|jdbc:snowflake://x/?password=of-a-test|has the parameter password; write snowflake.password instead",
        "url|jdbc:snowflake://x/?AUTHENTICATOR=oauth|has the parameter authenticator; write snowflake.authentication instead",
        "oauth.token-url|idp|is 'idp'; write the https:// address of the identity provider's token endpoint",
        "login-timeout|0s|is '0s'; write at least 1s",
        "max-connections|0|is '0'; write a whole number of at least 1",
        "rol|LOADER|is not a property that this service knows; did you mean snowflake.role?",
      })
  void what_is_wrong_is_reported_with_its_property(String name, String value, String problem) {
    assertThat(problems(service().with("snowflake." + name, value)))
        .anyMatch(line -> line.startsWith("snowflake.") && line.endsWith(problem));
  }

  @Test
  void two_ways_at_once_are_refused() throws IOException {
    Configuration both =
        service()
            .with("snowflake.password", SECRET)
            .with("snowflake.private-key-file", file("key.p8", KEY.pem()));
    assertThat(problems(both))
        .containsExactly(
            "snowflake.authentication is not set, and there is more than one way to sign in"
                + " (snowflake.password, snowflake.private-key-file); keep one");
    assertThat(problems(both.with("snowflake.authentication", "key-pair")))
        .containsExactly(
            "snowflake.password is set, and snowflake.authentication is key-pair; take one of them away");
    assertThat(
            problems(both.without("snowflake.password").with("snowflake.private-key", KEY.pem())))
        .containsExactly(
            "snowflake.private-key-file and snowflake.private-key are both set; keep one");
  }

  @Test
  void role_and_warehouse_stand_in_one_place() throws IOException {
    Configuration twice =
        service()
            .with("snowflake.password", SECRET)
            .with("snowflake.url", "jdbc:snowflake://x/?warehouse=A&ROLE=B")
            .with("snowflake.warehouse", "A")
            .with("snowflake.role", "B");
    assertThat(problems(twice))
        .containsExactly(
            "snowflake.role is also a parameter of snowflake.url; keep one",
            "snowflake.warehouse is also a parameter of snowflake.url; keep one");
    assertThat(read(twice.without("snowflake.warehouse").without("snowflake.role")).url())
        .endsWith("?warehouse=A&ROLE=B");
  }

  @Test
  void a_user_is_needed_by_a_key_a_password_and_a_programmatic_token() {
    assertThat(problems(service().without("snowflake.user").with("snowflake.password", SECRET)))
        .containsExactly("snowflake.user is not set; name the user who signs in");
  }

  @Test
  void a_key_that_cannot_be_used_says_why() throws IOException {
    assertKey(KEY.pem(SECRET), "holds an encrypted key; set snowflake.private-key-passphrase");
    assertKey(
        KeyPair.pem("RSA PRIVATE KEY", new byte[] {1, 2, 3}),
        "holds a RSA PRIVATE KEY and not PKCS#8; convert it with openssl pkcs8 -topk8");
    assertKey(
        KeyPair.pem("PUBLIC KEY", new byte[] {1, 2, 3}),
        "holds the public key: that one is for Snowflake, write the private one");
    assertKey(KeyPair.pem("PRIVATE KEY", new byte[] {1, 2, 3}), "holds no RSA key in PKCS#8;");
    assertKey("", "holds no PEM");
    assertThat(
            problems(
                service()
                    .with("snowflake.private-key-file", file("wrong.p8", KEY.pem(SECRET)))
                    .with("snowflake.private-key-passphrase", "another")))
        .singleElement()
        .asString()
        .endsWith("holds an encrypted key that snowflake.private-key-passphrase does not open");
    assertThat(
            problems(
                service()
                    .with("snowflake.private-key-file", file("plain.p8", KEY.pem()))
                    .with("snowflake.private-key-passphrase", SECRET)))
        .singleElement()
        .asString()
        .endsWith("is not encrypted, and snowflake.private-key-passphrase is set; remove it");
  }

  private void assertKey(String content, String problem) throws IOException {
    String key = file("key.p8", content);
    assertThat(problems(service().with("snowflake.private-key-file", key)))
        .singleElement()
        .asString()
        .startsWith("snowflake.private-key-file is '" + key + "', which " + problem);
  }

  @Test
  void a_workloads_identity_takes_a_jvm() {
    Configuration workload =
        service().without("snowflake.user").with("snowflake.authentication", "workload-identity");
    assertThat(read(workload).authentication()).isEqualTo(new Authentication.WorkloadIdentity());
    System.setProperty("org.graalvm.nativeimage.imagecode", "runtime");
    try {
      assertThat(problems(workload))
          .containsExactly(
              "snowflake.authentication is workload-identity, which is not in the native image; run on a JVM, or sign in with a key");
    } finally {
      System.clearProperty("org.graalvm.nativeimage.imagecode");
    }
  }
}
