package localcloud.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import localcloud.faults.HungUp;
import localcloud.faults.Pause;
import org.gaul.shaded.org.eclipse.jetty.http.HttpHeader;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Blocker;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

/** An answer whose body is sent in pieces, evenly over a time. */
final class SlowResponse extends Response.Wrapper {
  private static final long PIECES = 10;

  private final Duration delay;

  SlowResponse(Duration delay, Request request, Response wrapped) {
    super(request, wrapped);
    this.delay = delay;
  }

  @Override
  public void write(boolean last, ByteBuffer content, Callback callback) {
    if (content == null || !content.hasRemaining()) {
      super.write(last, content, callback);
      return;
    }
    long whole =
        Math.max(getHeaders().getLongField(HttpHeader.CONTENT_LENGTH), content.remaining());
    long piece = Math.max(1, whole / PIECES);
    try {
      while (content.remaining() > piece) {
        Pause.of(share(piece, whole));
        ByteBuffer next = content.slice(content.position(), (int) piece);
        content.position(content.position() + (int) piece);
        writeNow(next);
      }
      Pause.of(share(content.remaining(), whole));
    } catch (IOException | HungUp e) {
      // The client has stopped waiting, or the stand-in is stopped.
      callback.failed(e);
      return;
    }
    super.write(last, content, callback);
  }

  private Duration share(long bytes, long whole) {
    return delay.multipliedBy(bytes).dividedBy(whole);
  }

  private void writeNow(ByteBuffer piece) throws IOException {
    try (Blocker.Callback sent = Blocker.callback()) {
      super.write(false, piece, sent);
      sent.block();
    }
  }
}
