package testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An endpoint that gives prepared answers, and remembers the requests. */
public final class CannedEmr implements AutoCloseable {

  /** Answers one request. */
  @FunctionalInterface
  public interface Answer {

    /** Writes the response, or does not. */
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, List<Answer>> answers = new HashMap<>();
  private final Map<String, List<String>> requests = new HashMap<>();

  /** Listens on a free port of the loopback interface. */
  public CannedEmr() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The next answers to that operation; the last one stays. */
  public synchronized CannedEmr on(String operation, Answer... next) {
    answers.put(operation, new ArrayList<>(List.of(next)));
    return this;
  }

  /** The bodies of the requests for that operation. */
  public synchronized List<String> requests(String operation) {
    return List.copyOf(requests.getOrDefault(operation, List.of()));
  }

  /** A response of that status with that body. */
  public static Answer answer(int status, String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** An error in the form of AWS' JSON protocol. */
  public static Answer error(int status, String code, String message) {
    return answer(status, "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(code, message));
  }

  /** The connection is cut before a response. */
  public static Answer cut() {
    return HttpExchange::close;
  }

  /** The connection is cut within the response's body. */
  public static Answer cutWithin(String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
      exchange.getResponseBody().flush();
      exchange.close();
    };
  }

  /** No response as long as the server lives. */
  public Answer never() {
    return exchange -> {
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String operation =
          exchange.getRequestHeaders().getFirst("X-Amz-Target").replaceAll(".*[.]", "");
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      next(operation, body).to(exchange);
    }
  }

  private synchronized Answer next(String operation, String body) {
    requests.computeIfAbsent(operation, name -> new ArrayList<>()).add(body);
    List<Answer> left = answers.get(operation);
    if (left == null) {
      return error(400, "UnknownOperationException", operation);
    }
    return left.size() > 1 ? left.remove(0) : left.get(0);
  }
}
