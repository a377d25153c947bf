package configuration;

import static configuration.Reading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import security.Access;
import security.ClientCertificates;
import testing.Configuration;

/** Who may enter, as the configuration says. */
class AccessTest {

  private static final String TOKEN = "ci operator sha256:" + "ab".repeat(32) + "\n";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.1.2.3"})
  void on_loopback_everyone_on_the_machine_may_enter(String host) {
    assertThat(access(at(host)).access()).isEqualTo(Access.LOOPBACK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "no-such-host.invalid"})
  void anywhere_else_the_service_does_not_start_before_it_is_said_who_may_enter(String host) {
    assertThat(problems(at(host)))
        .singleElement()
        .asString()
        .startsWith("quarkus.http.host is '%s'".formatted(host))
        .contains(
            "service.users-file=",
            "quarkus.oidc.tenant-enabled=true",
            "quarkus.http.host=127.0.0.1",
            "service.access=open");
  }

  @Test
  void each_way_out_is_one() throws IOException {
    assertThat(access(at("0.0.0.0").with("service.access", "open")).access())
        .isEqualTo(Access.OPEN);
    assertThat(access(at("0.0.0.0").with("quarkus.oidc.tenant-enabled", "true")).access())
        .isEqualTo(Access.OPENID);
    assertThat(access(at("0.0.0.0").with("service.users-file", file(TOKEN))).access())
        .isEqualTo(Access.USERS);
  }

  @Test
  void the_problem_is_reported_together_with_the_others() {
    assertThat(problems(at("0.0.0.0").without("pipelines.x.landing.bucket"))).hasSize(2);
  }

  @Test
  void two_ways_at_once_are_refused() throws IOException {
    String users = file(TOKEN);

    assertThat(problems(at("::1").with("service.users-file", users).with("service.access", "open")))
        .containsExactly(
            "service.access is open, so that everyone may enter, and service.users-file says who may; leave one of them out");
    assertThat(
            problems(
                at("::1")
                    .with("service.users-file", users)
                    .with("quarkus.oidc.tenant-enabled", "true")))
        .containsExactly(
            "service.users-file says who may enter, and quarkus.oidc.tenant-enabled does so too; leave one of them out");
  }

  @Test
  void every_mistake_in_a_users_file_is_told_with_its_line_and_no_secret() throws IOException {
    String file =
        file(
            """
            # who may enter
            anna operator $2y$10$abcdefghijklmnopqrstuuWJ9Y8uG1uFzB1F1cS3G0y4cS0bVYv5K

            ben reader sha256:%s
            al\u001bice viewer hunter2
            carol viewer hunter2
            dora viewer $2y$31$abcdefghijklmnopqrstuuWJ9Y8uG1uFzB1F1cS3G0y4cS0bVYv5K
            anna viewer $2y$10$bbcdefghijklmnopqrstuuWJ9Y8uG1uFzB1F1cS3G0y4cS0bVYv5K
            erik viewer certificate:nonsense
            hunter2
            """
                .formatted("cd".repeat(32)));

    String problem = String.join("\n", problems(at("0.0.0.0").with("service.users-file", file)));

    assertThat(problem)
        .contains(
            "service.users-file is '%s', and this file".formatted(file),
            "line 4 gives ben a role that is none; write viewer or operator",
            "line 5 has a name that is none",
            "line 6 gives carol a secret that is none; write a bcrypt hash as `htpasswd -nB` makes it",
            "line 7 gives dora a bcrypt hash of cost 31; use 10 to 14",
            "line 8 gives anna a second password",
            "line 9 gives erik a certificate without a subject",
            "line 10 is no user")
        .doesNotContain("hunter2", "cdcd", "$2y$", "quarkus.http.host", "\u001b");
  }

  @Test
  void a_users_file_that_is_missing_or_empty_is_refused() throws IOException {
    assertThat(problems(at("::1").with("service.users-file", folder + "/none")))
        .singleElement()
        .asString()
        .contains("cannot be read");
    assertThat(problems(at("::1").with("service.users-file", file("# nobody\n"))))
        .singleElement()
        .asString()
        .contains("has no user; write a name, a role");
  }

  @Test
  void client_certificates_need_a_users_file_and_tls() throws IOException {
    assertThat(problems(at("::1").with("service.client-certificates", "require")))
        .hasSize(2)
        .anyMatch(problem -> problem.contains("needs service.users-file"))
        .anyMatch(problem -> problem.contains("needs TLS and the authority"));
    assertThat(
            access(
                    at("::1")
                        .with("service.client-certificates", "require")
                        .with("service.users-file", file("anna viewer certificate:CN=anna\n"))
                        .with("quarkus.tls.key-store.pem.0.cert", "cert.pem")
                        .with("quarkus.tls.trust-store.pem.certs", "authority.pem"))
                .certificates())
        .isEqualTo(ClientCertificates.REQUIRE);
  }

  @Test
  void client_certificates_that_nobody_vouches_for_are_refused() throws IOException {
    Configuration certified =
        at("::1")
            .with("service.client-certificates", "request")
            .with("service.users-file", file("anna viewer certificate:CN=anna\n"))
            .with("quarkus.tls.key-store.pem.0.cert", "cert.pem");

    assertThat(problems(certified))
        .singleElement()
        .asString()
        .contains("needs TLS and the authority", "quarkus.tls.trust-store.pem.certs");
    assertThat(
            problems(
                certified
                    .with("quarkus.tls.trust-store.p12.path", "authority.p12")
                    .with("quarkus.tls.trust-all", "true")))
        .singleElement()
        .asString()
        .contains("proves nothing while quarkus.tls.trust-all is set");
  }

  private static security.AccessSettings access(Configuration configuration) {
    return Reading.of(configuration.config()).access;
  }

  private static Configuration at(String host) {
    return Configuration.ofPipeline("x").with("quarkus.http.host", host);
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("users"), text).toString();
  }
}
