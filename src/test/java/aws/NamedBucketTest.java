package aws;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** S3 says that the specified bucket does not exist, and there are two in every pipeline. */
class NamedBucketTest {

  private HttpServer server;
  private S3Client s3;
  private String code = "NoSuchBucket";

  @BeforeEach
  void an_s3_that_refuses() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              "<Error><Code>%s</Code><Message>It is not there</Message></Error>"
                  .formatted(code)
                  .getBytes(StandardCharsets.UTF_8);
          boolean isHead = exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(404, isHead ? -1 : body.length);
          if (!isHead) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    s3 = RealClients.s3(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    s3.close();
    server.stop(0);
  }

  @Test
  void a_bucket_that_is_missing_is_named() {
    assertThatThrownBy(() -> s3.listObjectsV2(request -> request.bucket("curated")))
        .isInstanceOf(NoSuchBucketException.class)
        .hasMessageStartingWith("s3://curated: It is not there (Service: S3, Status Code: 404");
  }

  @Test
  void an_object_that_is_missing_is_named_and_stays_what_it_is() {
    code = "NoSuchKey";

    assertThatThrownBy(() -> s3.getObjectAsBytes(request -> request.bucket("b").key("a/ü")))
        .isInstanceOf(NoSuchKeyException.class)
        .hasMessageStartingWith("s3://b/a/ü: It is not there");
  }

  @Test
  void a_head_which_has_no_words_gets_some() {
    assertThatThrownBy(() -> s3.headBucket(request -> request.bucket("landing")))
        .hasMessageStartingWith("s3://landing: there is none");
  }
}
