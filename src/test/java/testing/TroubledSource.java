package testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A real HTTP server that has one body, and troubles that a test gives it. */
public final class TroubledSource implements AutoCloseable {

  private final HttpServer server;

  /** What it sends; a test may change it at any time. */
  public volatile byte[] body;

  /** The version of the body, quoted; empty for a source without one. */
  public volatile String etag = "\"first\"";

  /** How it says that its body is compressed on the way. */
  public volatile String encoding = "identity";

  /** Whether it answers a request for a range as such. */
  public volatile boolean knowsRanges = true;

  /** Whether it sends its answer in chunks, without a length. */
  public volatile boolean sendsChunks;

  /** How many bytes of its next answers it sends before it breaks off, one each. */
  public final Deque<Integer> breaks = new ArrayDeque<>();

  /** The statuses of its next answers, before all else. */
  public final Deque<Integer> statuses = new ArrayDeque<>();

  /** What it does once it has sent the first bytes of an answer. */
  public volatile Runnable onAnswer = () -> {};

  /** The header Range of each request so far; {@code all} where there was none. */
  public final List<String> asked = new CopyOnWriteArrayList<>();

  /** Begins to serve that. */
  public TroubledSource(byte[] body) throws IOException {
    this.body = body;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where it is. */
  public String url() {
    return "http://127.0.0.1:%d/orders.csv".formatted(server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    asked.add(range == null ? "all" : range);
    if (!statuses.isEmpty()) {
      exchange.sendResponseHeaders(statuses.remove(), -1);
      exchange.close();
      return;
    }
    int from = from(exchange, range);
    byte[] whole = body;
    if (!etag.isEmpty()) {
      exchange.getResponseHeaders().add("ETag", etag);
    }
    exchange.getResponseHeaders().add("Content-Encoding", encoding);
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes %d-%d/%d".formatted(from, whole.length - 1, whole.length));
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, sendsChunks ? 0 : whole.length - from);
    int length = breaks.isEmpty() ? whole.length - from : breaks.remove();
    send(exchange, Arrays.copyOfRange(whole, from, from + length));
  }

  private int from(HttpExchange exchange, String range) {
    String version = exchange.getRequestHeaders().getFirst("If-Range");
    return range == null || !knowsRanges || !etag.equals(version)
        ? 0
        : Integer.parseInt(range.replaceAll("\\D", ""));
  }

  private void send(HttpExchange exchange, byte[] bytes) throws IOException {
    try {
      OutputStream out = exchange.getResponseBody();
      int first = Math.min(bytes.length, 1_000);
      out.write(bytes, 0, first);
      out.flush();
      onAnswer.run();
      out.write(bytes, first, bytes.length - first);
      out.flush();
    } finally {
      exchange.close();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
