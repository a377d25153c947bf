package localcloud.s3;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import localcloud.faults.Call;
import localcloud.faults.Faults;
import localcloud.faults.HungUp;
import localcloud.faults.OnCall;
import localcloud.faults.Refused;
import localcloud.faults.SlowBody;
import org.gaul.shaded.org.eclipse.jetty.http.HttpHeader;
import org.gaul.shaded.org.eclipse.jetty.io.EofException;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

/**
 * Wraps S3Proxy within its server: records each request and applies its fault. S3Proxy answers in
 * the calling thread, so a request has had its whole effect when it returns.
 */
final class FaultyCalls extends Handler.Wrapper {
  private final Faults faults;

  FaultyCalls(Faults faults) {
    this.faults = faults;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Call call = S3Call.of(request);
    OnCall fault = faults.received(call, request.getHeaders().get(HttpHeader.USER_AGENT));
    try {
      fault.arrived();
      Response paced =
          faults
              .strike(call, SlowBody.class)
              .<Response>map(slow -> new SlowResponse(slow.delay(), request, response))
              .orElse(response);
      return fault instanceof OnCall.Nothing
          ? super.handle(request, paced, callback)
          : act(fault, request, paced, callback);
    } catch (Refused refused) {
      refuse(refused, request, response, callback);
    } catch (HungUp e) {
      cut(request, callback, e);
    }
    return true;
  }

  private boolean act(OnCall fault, Request request, Response response, Callback callback)
      throws Exception {
    if (!fault.losesAnswer()) {
      return super.handle(
          request,
          new LateResponse(fault, request, response),
          Callback.from(
              () -> {
                callback.succeeded();
                fault.answered();
              },
              callback::failed));
    }
    super.handle(request, new LostResponse(request, response), Callback.NOOP);
    fault.acted();
    return true;
  }

  /** Asks the fault before the first byte. */
  private static final class LateResponse extends Response.Wrapper {
    private final OnCall fault;
    private boolean begun;

    LateResponse(OnCall fault, Request request, Response wrapped) {
      super(request, wrapped);
      this.fault = fault;
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
      try {
        if (!begun) {
          begun = true;
          fault.acted();
        }
      } catch (HungUp e) {
        callback.failed(e);
        return;
      }
      super.write(last, content, callback);
    }
  }

  /** Discards everything. */
  private static final class LostResponse extends Response.Wrapper {
    LostResponse(Request request, Response wrapped) {
      super(request, wrapped);
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
      if (content != null) {
        content.position(content.limit());
      }
      callback.succeeded();
    }
  }

  /**
   * The error in S3's form.
   *
   * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error
   *     Responses</a>
   */
  private static void refuse(
      Refused refused, Request request, Response response, Callback callback) {
    String id = UUID.randomUUID().toString();
    String body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message><RequestId>%s</RequestId></Error>"
            .formatted(escaped(refused.code()), escaped(refused.getMessage()), id);
    response.setStatus(refused.status());
    response.getHeaders().put("x-amz-request-id", id);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/xml");
    // The body of the request has not been read and must not be taken for the next request.
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    boolean withBody = !request.getMethod().equals("HEAD");
    response.write(
        true,
        ByteBuffer.wrap(withBody ? body.getBytes(StandardCharsets.UTF_8) : new byte[0]),
        callback);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static void cut(Request request, Callback callback, HungUp why) {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
    // The server does not log this exception.
    callback.failed(new EofException(why));
  }
}
