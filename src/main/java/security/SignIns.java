package security;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Logs who signs in and who is refused. Each request shows who sends it, so a sign-in is the first
 * after an hour without any, of that name, in that way and from that address. Refusals are at most
 * sixty lines a minute, so that strangers cannot fill the log. Their names are only said if the
 * users file has them: others may be passwords in the wrong field.
 */
@ApplicationScoped
class SignIns {

  private static final Logger LOG = Logger.getLogger(SignIns.class);
  private static final Duration AWAY = Duration.ofHours(1);
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MOST_LINES = 60;
  private static final int MOST_KEPT = 10_000;
  private static final int LONGEST_PATH = 200;

  private final Clock clock;

  /** When each was last here, those who were away for longest first. */
  private final Map<Visitor, Instant> lastSeen =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Visitor, Instant> eldest) {
          return size() > MOST_KEPT;
        }
      };

  private final Map<String, Instant> limitedUntil = new LinkedHashMap<>();
  private Instant windowEnd = Instant.MIN;
  private int refused;

  private record Visitor(Caller caller, SignInWay way, String address) {}

  SignIns(Clock clock) {
    this.clock = clock;
  }

  /** A request shows who sends it. */
  void accepted(Caller caller, SignInWay way, HttpServerRequest request) {
    Visitor visitor = new Visitor(caller, way, Requests.address(request));
    Instant now = clock.instant();
    Instant before;
    synchronized (this) {
      before = lastSeen.put(visitor, now);
    }
    if (before == null || before.plus(AWAY).isBefore(now)) {
      LOG.infof(
          "%s (%s) has signed in with %s from %s",
          oneLine(caller.name()), caller.role().word(), way.words(), visitor.address());
    }
  }

  /**
   * A request shows something wrong.
   *
   * @param name one that the users file has
   */
  void refused(Optional<String> name, SignInWay way, HttpServerRequest request) {
    warn(
        "Refused a sign-in of %s with %s from %s: it is wrong, or no longer good"
            .formatted(name.orElse("an unknown name"), way.words(), Requests.address(request)));
  }

  /**
   * Too many have been wrong, so this one was not looked at. Only the first of an address is logged
   * in a minute, so that the others do not take the place of what was tried elsewhere.
   */
  void limited(HttpServerRequest request) {
    String address = Requests.address(request);
    Instant now = clock.instant();
    synchronized (this) {
      limitedUntil.values().removeIf(until -> !until.isAfter(now));
      if (limitedUntil.size() >= MOST_LINES
          || limitedUntil.putIfAbsent(address, now.plus(WINDOW)) != null) {
        return;
      }
    }
    warn(
        "Refused sign-ins from %s unseen: too many have failed for their name or address"
            .formatted(address));
  }

  /** A caller does not have the role for something. */
  void forbidden(Optional<Caller> caller, Role needed, HttpServerRequest request) {
    String path = oneLine(String.valueOf(request.path()));
    warn(
        "Refused %s %s to %s from %s: it needs the role %s"
            .formatted(
                oneLine(request.method().name()),
                path.substring(0, Math.min(path.length(), LONGEST_PATH)),
                caller.map(Caller::name).map(SignIns::oneLine).orElse("a caller without a name"),
                Requests.address(request),
                needed.word()));
  }

  private void warn(String line) {
    Optional<String> omitted;
    boolean isLogged;
    synchronized (this) {
      Instant now = clock.instant();
      omitted = Optional.empty();
      if (!now.isBefore(windowEnd)) {
        omitted =
            Optional.of(refused - MOST_LINES)
                .filter(more -> more > 0)
                .map("%d more requests were refused than the log has lines of"::formatted);
        windowEnd = now.plus(WINDOW);
        refused = 0;
      }
      isLogged = ++refused <= MOST_LINES;
    }
    omitted.ifPresent(LOG::warn);
    if (isLogged) {
      LOG.warn(line);
    }
  }

  /** What comes from outside must not write lines of its own, or to a terminal. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+|[\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
  }
}
