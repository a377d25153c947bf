package localcloud.snowflake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes requests on, one a connection, and on demand hangs up instead of answering. */
final class LossyProxy implements AutoCloseable {

  private final ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
  private final AtomicBoolean loseNext = new AtomicBoolean();
  private final AtomicInteger lost = new AtomicInteger();
  private final int target;

  LossyProxy(int target) throws IOException {
    this.target = target;
    Thread thread = new Thread(this::serve, "lossy-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  void loseNextAnswer() {
    loseNext.set(true);
  }

  int lost() {
    return lost.get();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept();
          Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
        server.getOutputStream().write(request(client.getInputStream()));
        byte[] answer = server.getInputStream().readAllBytes();
        if (loseNext.compareAndSet(true, false)) {
          lost.incrementAndGet();
        } else {
          client.getOutputStream().write(answer);
        }
      } catch (IOException e) {
        // The next connection will do better, or the test is over.
      }
    }
  }

  /** One whole request, asking for the connection to be closed behind it. */
  private static byte[] request(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("The driver hung up");
      }
      head.write(next);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    int length =
        text.lines()
            .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    String closing = text.replaceAll("(?i)\r\nConnection: [^\r]*", "\r\nConnection: close");
    whole.write(closing.getBytes(StandardCharsets.ISO_8859_1));
    whole.write(in.readNBytes(length));
    return whole.toByteArray();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
