package web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import pipeline.ServiceSettings;
import security.Caller;
import security.CurrentCaller;

/** Puts pages into the frame that all of them share. */
@ApplicationScoped
class Frame {

  private static final int OK = 200;

  /** About what the frame adds to a page, in bytes. */
  private static final int FRAME = 16_384;

  private final ServiceSettings settings;
  private final CurrentCaller caller;

  Frame(ServiceSettings settings, CurrentCaller caller) {
    this.settings = settings;
    this.caller = caller;
  }

  /** A page that follows what happens. */
  Response live(Page page, Optional<String> said) {
    return answer(OK, page, true, said);
  }

  /** A page that stays as it is. */
  Response still(int status, Page page) {
    return answer(status, page, false, Optional.empty());
  }

  /** A page that stays as it is, in UTF-8. */
  byte[] bytes(Page page) {
    return bytes(page, false, Optional.empty());
  }

  private Response answer(int status, Page page, boolean live, Optional<String> said) {
    return Response.status(status)
        .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
        .entity(bytes(page, live, said))
        .build();
  }

  /** A megabyte as one string would be copied several times before it is bytes. */
  private byte[] bytes(Page page, boolean live, Optional<String> said) {
    Caller now = caller.get();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(FRAME + page.size());
    Templates.layout(
            page,
            settings.installation(),
            now.name(),
            now.role().name().toLowerCase(Locale.ROOT),
            Assets.VERSION,
            live,
            said)
        .consume(part -> bytes.writeBytes(part.getBytes(StandardCharsets.UTF_8)))
        .toCompletableFuture()
        .join();
    return bytes.toByteArray();
  }
}
