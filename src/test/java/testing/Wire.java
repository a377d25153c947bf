package testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * HTTP as bytes, for what no client library sends: other hosts' names, broken headers, too much of
 * everything.
 *
 * @param service its address
 * @param from the loopback address that requests come from
 */
public record Wire(URI service, String from) {

  private static final int PATIENCE_MILLIS = 30_000;

  /** From this machine's usual address. */
  public Wire(URI service) {
    this(service, "127.0.0.1");
  }

  /**
   * What was answered.
   *
   * @param headers by their names in lower case; of one that is there twice the last
   */
  public record Answer(int status, Map<String, String> headers, String body) {

    /** A header, if it is there. */
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
  }

  /** The header of HTTP Basic. */
  public static String basic(String name, String password) {
    return "Authorization: Basic "
        + Base64.getEncoder()
            .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a request under the service's own name. */
  public Answer send(String method, String path, String... headers) throws IOException {
    return sendTo(service.getAuthority(), method, path, headers);
  }

  /** Sends a request under that name. */
  public Answer sendTo(String host, String method, String path, String... headers)
      throws IOException {
    StringBuilder request = new StringBuilder();
    request.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host);
    List.of(headers).forEach(header -> request.append("\r\n").append(header));
    if (!method.equals("GET") && !String.join("\n", headers).contains("Content-Length")) {
      request.append("\r\nContent-Length: 0");
    }
    return sendRaw(request.append("\r\nConnection: close\r\n\r\n").toString());
  }

  /** Sends these bytes, and reads until the connection is closed. */
  public Answer sendRaw(String text) throws IOException {
    try (Socket socket = socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        InputStream in = socket.getInputStream();
        in.transferTo(answer);
      } catch (SocketException e) {
        // It was closed before everything was sent; what it said before is what counts.
      }
      return parse(answer.toString(StandardCharsets.UTF_8));
    }
  }

  @SuppressWarnings("AddressSelection") // An address of numbers is one.
  private Socket socket() throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress("127.0.0.1", service.getPort()));
    return socket;
  }

  private static Answer parse(String text) {
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return new Answer(0, Map.of(), text);
    }
    List<String> head = List.of(text.substring(0, end).split("\r\n"));
    Map<String, String> headers = new TreeMap<>();
    for (String line : head.subList(1, head.size())) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
    }
    return new Answer(
        Integer.parseInt(head.get(0).substring(9, 12)), headers, text.substring(end + 4));
  }
}
