package security;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses what another site has made a browser send: a change from elsewhere (cross-site request
 * forgery), and, where the service is open to its own machine, a name that is not this machine's
 * (DNS rebinding).
 */
@ApplicationScoped
class Origins {

  private static final Set<String> OURS = Set.of("same-origin", "none");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|[^/]+\\.localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|::1");

  private final AccessSettings settings;
  private final Refusals refusals;

  Origins(AccessSettings settings, Refusals refusals) {
    this.settings = settings;
    this.refusals = refusals;
  }

  /** Lets the request go on, or answers it. */
  void check(RoutingContext context) {
    Optional<Refusal> refusal = refusal(context);
    if (refusal.isPresent()) {
      refusals.answer(context, refusal.get());
    } else {
      context.next();
    }
  }

  private Optional<Refusal> refusal(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (settings.access() == Access.LOOPBACK && !isThisMachine(request.authority())) {
      return Optional.of(
          Refusal.of(
              HttpResponseStatus.MISDIRECTED_REQUEST,
              "Cannot answer under that name: the service is open to its own machine only; use localhost, or say who may enter (docs/security.md)"));
    }
    if (!Requests.isSafe(request) && !isFromHere(request)) {
      return Optional.of(
          Refusal.of(
              HttpResponseStatus.FORBIDDEN,
              "Cannot do that: another site has sent the request; do it on the page of this service"));
    }
    if (Requests.isToSignOut(context) && !isFromOurPage(request)) {
      return Optional.of(
          Refusal.of(
              HttpResponseStatus.FORBIDDEN,
              "Cannot sign you out: the request is from no page of this service; follow the link on a page of it"));
    }
    return Optional.empty();
  }

  private static boolean isThisMachine(HostAndPort named) {
    return named != null && LOOPBACK.matcher(named.host().toLowerCase(Locale.ROOT)).matches();
  }

  /**
   * Browsers say whose page sends a request. Over plain HTTP they only give its origin; programs
   * give neither.
   */
  private static boolean isFromHere(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return OURS.contains(site);
    }
    String origin = request.getHeader("Origin");
    return origin == null || isOurs(origin, request);
  }

  /** A link says less than a form: without both headers it may be anyone's. */
  private static boolean isFromOurPage(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String referrer = request.getHeader("Referer");
    return site != null ? OURS.contains(site) : referrer != null && isOurs(referrer, request);
  }

  private static boolean isOurs(String page, HttpServerRequest request) {
    return page.replaceFirst("^https?://", "")
        .replaceFirst("/.*", "")
        .equalsIgnoreCase(String.valueOf(request.authority()));
  }
}
