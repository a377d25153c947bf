package api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import security.CurrentCaller;
import store.IdempotentRequests;
import store.IdempotentRequests.CallerKey;
import store.IdempotentRequests.Known;
import store.StoreException;

/**
 * A write with an {@code Idempotency-Key} is done once: the same request of the same caller under
 * the same key gets the answer of the first, for 24 hours and across restarts. A failure of the
 * service itself is no answer; neither is one that was lost because the process died. Then the
 * request is done again unless a transaction has made or changed something for it: the key is
 * written down in the same transaction, and the answer is what that has become.
 */
@Provider
@Priority(Priorities.USER)
class IdempotencyKeys implements ContainerRequestFilter, ContainerResponseFilter {

  static final String HEADER = "Idempotency-Key";
  static final Duration KEPT = Duration.ofHours(24);

  private static final Logger LOG = Logger.getLogger(IdempotencyKeys.class);

  /** RFC 9110, 15.5.21: what the draft of the IETF on this header asks for. */
  private static final int UNPROCESSABLE = 422;

  private static final Pattern FORM = Pattern.compile("[!-~]{1,255}");
  private static final Set<String> READS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final IdempotentRequests requests;
  private final CurrentCaller caller;
  private final RequestKey present;
  private final ObjectMapper json;
  private final Clock clock;

  /** The requests that this process answers now. */
  private final Set<CallerKey> answering = ConcurrentHashMap.newKeySet();

  IdempotencyKeys(
      IdempotentRequests requests,
      CurrentCaller caller,
      RequestKey present,
      ObjectMapper json,
      Clock clock) {
    this.requests = requests;
    this.caller = caller;
    this.present = present;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String text = request.getHeaderString(HEADER);
    if (text == null || !BelowApi.is(request) || READS.contains(request.getMethod())) {
      return;
    }
    if (!FORM.matcher(text).matches()) {
      throw Answers.problem(
          Status.BAD_REQUEST,
          "Cannot read Idempotency-Key: it must be 1 to 255 visible ASCII characters; a UUID is a good one");
    }
    CallerKey key = new CallerKey(caller.get().name(), text);
    if (!answering.add(key)) {
      throw Answers.problem(
          Status.CONFLICT,
          "A request with this Idempotency-Key is being answered; repeat this one later to get the same answer");
    }
    boolean isBegun = false;
    try {
      isBegun = begin(request, key);
    } finally {
      if (!isBegun) {
        answering.remove(key);
      }
    }
  }

  /** Whether the request is to be done; otherwise it has its answer. */
  private boolean begin(ContainerRequestContext request, CallerKey key) {
    String fingerprint = fingerprint(request);
    Instant now = clock.instant();
    Known known = requests.claim(key, fingerprint, now, now.minus(KEPT));
    if (!known.fingerprint().equals(fingerprint)) {
      throw HttpProblem.builder()
          .withStatus(UNPROCESSABLE)
          .withTitle("Unprocessable Content")
          .withDetail(
              "This Idempotency-Key belongs to another request of the last 24 hours; use a new key for each request")
          .build();
    }
    known
        .answer()
        .ifPresentOrElse(
            answer -> request.abortWith(repeated(answer)),
            () -> {
              request.setProperty(HEADER, key);
              present.set(key, known.made());
            });
    return known.answer().isEmpty();
  }

  private static Response repeated(IdempotentRequests.Answer answer) {
    return Response.status(answer.status())
        .type(
            answer.status() < Status.BAD_REQUEST.getStatusCode()
                ? MediaType.APPLICATION_JSON_TYPE
                : HttpProblem.MEDIA_TYPE)
        .entity(answer.body())
        .build();
  }

  private static String fingerprint(ContainerRequestContext request) {
    URI uri = request.getUriInfo().getRequestUri();
    return Digest.of(
        "%s %s?%s"
            .formatted(request.getMethod(), uri.getRawPath(), uri.getRawQuery())
            .getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response)
      throws JsonProcessingException {
    if (!(request.getProperty(HEADER) instanceof CallerKey key)) {
      return;
    }
    try {
      if (response.getStatus() >= Status.INTERNAL_SERVER_ERROR.getStatusCode()) {
        requests.forget(key);
      } else {
        requests.answer(
            key,
            new IdempotentRequests.Answer(
                response.getStatus(), json.writeValueAsString(response.getEntity())));
      }
    } catch (StoreException e) {
      LOG.warnf(e, "Cannot keep the answer to the request with Idempotency-Key %s", key.text());
    } finally {
      answering.remove(key);
    }
  }
}
