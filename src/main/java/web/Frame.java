package web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import pipeline.ServiceSettings;
import security.AccessSettings;
import security.Caller;
import security.CurrentCaller;

/** Puts pages into the frame that all of them share. */
@ApplicationScoped
class Frame {

  private static final int OK = 200;

  /** About what the frame adds to a page, in bytes. */
  private static final int FRAME = 16_384;

  private final ServiceSettings settings;
  private final AccessSettings access;
  private final CurrentCaller caller;

  Frame(ServiceSettings settings, AccessSettings access, CurrentCaller caller) {
    this.settings = settings;
    this.access = access;
    this.caller = caller;
  }

  /** A page that follows what happens. */
  Response live(Page page, Optional<String> said) {
    return answer(OK, bytes(page, Optional.of(caller.get()), true, said));
  }

  /** A page that stays as it is. */
  Response still(int status, Page page) {
    return answer(status, bytes(page));
  }

  /** A page that stays as it is, in UTF-8. */
  byte[] bytes(Page page) {
    return bytes(page, Optional.of(caller.get()), false, Optional.empty());
  }

  /** A page that stays as it is, for someone who is not signed in. */
  Response stranger(int status, Page page) {
    return answer(status, bytes(page, Optional.empty(), false, Optional.empty()));
  }

  /**
   * A page that stays as it is, as text.
   *
   * @param shown who has signed in; a stranger is not told whose service this is
   */
  String text(Page page, Optional<Caller> shown) {
    return new String(bytes(page, shown, false, Optional.empty()), StandardCharsets.UTF_8);
  }

  private static Response answer(int status, byte[] html) {
    return Response.status(status)
        .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
        .entity(html)
        .build();
  }

  /** A megabyte as one string would be copied several times before it is bytes. */
  private byte[] bytes(Page page, Optional<Caller> shown, boolean live, Optional<String> said) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(FRAME + page.size());
    Templates.layout(
            page,
            shown.isPresent() ? settings.installation() : "",
            shown.map(Caller::name).orElse(""),
            shown.map(who -> who.role().name().toLowerCase(Locale.ROOT)).orElse("viewer"),
            shown.isPresent() && access.isClosed(),
            Assets.VERSION,
            live,
            said)
        .consume(part -> bytes.writeBytes(part.getBytes(StandardCharsets.UTF_8)))
        .toCompletableFuture()
        .join();
    return bytes.toByteArray();
  }
}
