package testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * Serves the iris data over HTTP, as the source of the pipelines {@code iris-dag}, {@code fetched},
 * which the service itself fetches, and {@code spoilt}, whose own step spoils the manifest that the
 * ingestion wrote; an empty file, for {@code empty}; and a slow one, for {@code slow}.
 */
public class IngestSource implements QuarkusTestResourceLifecycleManager {

  private static final Path IRIS = Path.of("local-cloud/src/main/resources/iris/iris.data");

  private final CountDownLatch goesOn = new CountDownLatch(1);
  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      OwnSteps.compile();
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      byte[] iris = Files.readAllBytes(IRIS);
      server.createContext(
          "/iris.data",
          exchange -> {
            exchange.sendResponseHeaders(200, iris.length);
            exchange.getResponseBody().write(iris);
            exchange.close();
          });
      server.setExecutor(Executors.newCachedThreadPool());
      server.createContext("/slow.csv", this::slow);
      server.createContext(
          "/go-on",
          exchange -> {
            goesOn.countDown();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
          });
      server.createContext(
          "/empty.csv",
          exchange -> {
            // The server's own value for an empty body; the client gets a length of 0.
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    Map<String, String> settings = new HashMap<>();
    settings.put("pipelines.iris-dag.ingest.url", address + "/iris.data");
    settings.putAll(pipeline("away", address + "/away.csv"));
    settings.putAll(pipeline("spoilt", address + "/iris.data"));
    settings.remove("pipelines.spoilt.input.header");
    settings.put("pipelines.spoilt.steps.1.jar", OwnSteps.jar().toString());
    settings.put("pipelines.spoilt.steps.1.class", "Spoil");
    settings.put("pipelines.spoilt.steps.1.args", "{manifest} {output}_SUCCESS");
    settings.putAll(byService("fetched", address + "/iris.data"));
    settings.putAll(byService("empty", address + "/empty.csv"));
    settings.putAll(byService("slow", address + "/slow.csv"));
    settings.putAll(byService("missing", address + "/away.csv"));
    return settings;
  }

  /** Half of its content, and the rest after a request for {@code /go-on}. */
  private void slow(HttpExchange exchange) throws IOException {
    byte[] half = new byte[20 << 20];
    exchange.sendResponseHeaders(200, 2L * half.length);
    exchange.getResponseBody().write(half);
    exchange.getResponseBody().flush();
    try {
      goesOn.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    exchange.getResponseBody().write(half);
    exchange.close();
  }

  private static Map<String, String> byService(String name, String url) {
    Map<String, String> settings = new HashMap<>(pipeline(name, url));
    String prefix = "pipelines." + name + ".";
    settings.put(prefix + "ingest.by", "service");
    settings.put(prefix + "curated.mode", "replace");
    settings.put(
        prefix + "transform.sql",
        "SELECT CLASS_NAME, COUNT(*) AS FLOWERS FROM landed GROUP BY CLASS_NAME");
    settings.put(
        prefix + "input.columns",
        "SEPAL_LENGTH double, SEPAL_WIDTH double, PETAL_LENGTH double, PETAL_WIDTH double, CLASS_NAME string");
    settings.put(prefix + "warehouse.table", name.toUpperCase(Locale.ROOT));
    return settings;
  }

  private static Map<String, String> pipeline(String name, String url) {
    String prefix = "pipelines." + name + ".";
    return Map.of(
        prefix + "ingest.url", url,
        prefix + "landing.bucket", "landing",
        prefix + "input.header", "false",
        prefix + "curated.bucket", "curated",
        prefix + "warehouse.database", "S3_TO_SNOWFLAKE",
        prefix + "warehouse.table", name,
        prefix + "warehouse.manage", "everything");
  }

  @Override
  public void stop() {
    server.stop(0);
  }
}
