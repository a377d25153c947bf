package security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import testing.AbsentCloud;
import testing.CertifiedClients;

/** Mutual TLS, chosen at run time; the whole service. */
@QuarkusTest
@QuarkusTestResource(value = AbsentCloud.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = CertifiedClients.class, restrictToAnnotatedClass = true)
class ClientCertificateTest {

  @TestHTTPResource(value = "/", tls = true)
  URI service;

  @Test
  void a_certificate_is_who_the_users_file_says() throws Exception {
    assertThat(get(Optional.of("anna")).statusCode()).isEqualTo(200);
    assertThat(start("anna")).isEqualTo(409);
    assertThat(get(Optional.of("ben")).statusCode()).isEqualTo(200);
    assertThat(start("ben")).isEqualTo(403);
  }

  @Test
  void a_certificate_that_the_users_file_does_not_have_lets_nobody_in() throws Exception {
    assertThat(get(Optional.of("mallory")).statusCode()).isEqualTo(401);
    assertThat(get(Optional.empty()).statusCode()).isEqualTo(401);
  }

  @Test
  void a_certificate_of_the_right_name_that_nobody_vouches_for_gets_no_connection() {
    assertThatThrownBy(() -> get(Optional.of("forger"))).isInstanceOf(IOException.class);
  }

  @Test
  void under_tls_browsers_are_told_never_to_come_without() throws Exception {
    assertThat(get(Optional.of("ben")).headers().firstValue("Strict-Transport-Security"))
        .contains("max-age=31536000");
  }

  private HttpResponse<String> get(Optional<String> who) throws Exception {
    return send(who, HttpRequest.newBuilder(service.resolve("api/runs")));
  }

  private int start(String who) throws Exception {
    return send(
            Optional.of(who),
            HttpRequest.newBuilder(service.resolve("api/pipelines/iris/start"))
                .POST(HttpRequest.BodyPublishers.noBody()))
        .statusCode();
  }

  private static HttpResponse<String> send(Optional<String> who, HttpRequest.Builder request)
      throws GeneralSecurityException, IOException, InterruptedException {
    return HttpClient.newBuilder()
        .sslContext(context(who))
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static SSLContext context(Optional<String> who)
      throws GeneralSecurityException, IOException {
    char[] password = CertifiedClients.PASSWORD.toCharArray();
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusting(read("service")));
    SSLContext context = SSLContext.getInstance("TLS");
    if (who.isPresent()) {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(read(who.get()), password);
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    } else {
      context.init(null, trust.getTrustManagers(), null);
    }
    return context;
  }

  private static KeyStore trusting(KeyStore service) throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("service", service.getCertificate("service"));
    return trusted;
  }

  private static KeyStore read(String name) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(CertifiedClients.store(name))) {
      store.load(in, CertifiedClients.PASSWORD.toCharArray());
    }
    return store;
  }
}
