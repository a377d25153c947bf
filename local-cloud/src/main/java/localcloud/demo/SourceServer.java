package localcloud.demo;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A stand-in for a public source of data: serves one file over HTTP on loopback. */
final class SourceServer implements AutoCloseable {

  private static final int OK = 200;

  private final HttpServer server;
  private final String name;

  private SourceServer(HttpServer server, String name) {
    this.server = server;
    this.name = name;
  }

  /** Serves the file at once. */
  static SourceServer of(Path file) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(OK, Files.size(file));
          try (OutputStream body = exchange.getResponseBody()) {
            Files.copy(file, body);
          }
        });
    server.start();
    return new SourceServer(server, file.getFileName().toString());
  }

  /** The address of the file. */
  URI url() {
    return URI.create(
        "http://127.0.0.1:%d/%s"
            .formatted(server.getAddress().getPort(), name.replaceAll("[^A-Za-z0-9._-]", "-")));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
