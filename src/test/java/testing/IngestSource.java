package testing;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Serves the iris data over HTTP, as the source of the pipeline {@code iris-dag}. */
public class IngestSource implements QuarkusTestResourceLifecycleManager {

  private static final Path IRIS = Path.of("local-cloud/src/main/resources/iris/iris.data");

  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      byte[] iris = Files.readAllBytes(IRIS);
      server.createContext(
          "/iris.data",
          exchange -> {
            exchange.sendResponseHeaders(200, iris.length);
            exchange.getResponseBody().write(iris);
            exchange.close();
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    return Map.of(
        "pipelines.iris-dag.ingest.url", address + "/iris.data",
        "pipelines.away.ingest.url", address + "/away.csv",
        "pipelines.away.landing.bucket", "landing",
        "pipelines.away.curated.bucket", "curated",
        "pipelines.away.warehouse.database", "S3_TO_SNOWFLAKE",
        "pipelines.away.warehouse.table", "AWAY",
        "pipelines.away.warehouse.manage", "everything");
  }

  @Override
  public void stop() {
    server.stop(0);
  }
}
