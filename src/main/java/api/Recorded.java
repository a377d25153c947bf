package api;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import security.Caller;
import security.CurrentCaller;
import store.AuditLog;
import store.AuditLog.Entry;
import store.AuditLog.Kind;
import store.AuditLog.Subject;
import store.IdempotentRequests;
import store.StoreException;

/**
 * Does what a request asks for, and records it: a row of the audit before the effect, its outcome
 * afterwards, and a line in the log.
 */
@ApplicationScoped
class Recorded {

  private static final Logger LOG = Logger.getLogger(Recorded.class);
  private static final int LONGEST_REASON = 500;
  private static final int LONGEST_SUBJECT = 200;
  private static final String DONE = "done";
  private static final String DONE_BEFORE = "done before, under the same key";

  private final AuditLog audit;
  private final IdempotentRequests requests;
  private final RequestKey key;
  private final CurrentCaller caller;
  private final Clock clock;

  Recorded(
      AuditLog audit,
      IdempotentRequests requests,
      RequestKey key,
      CurrentCaller caller,
      Clock clock) {
    this.audit = audit;
    this.requests = requests;
    this.key = key;
    this.caller = caller;
    this.clock = clock;
  }

  static Subject run(String id) {
    return new Subject(Kind.RUN, id);
  }

  static Subject pipeline(String name) {
    return new Subject(Kind.PIPELINE, name);
  }

  static Subject backfill(String id) {
    return new Subject(Kind.BACKFILL, id);
  }

  /**
   * Answers with what the effect answers. What the effect throws, or answers with a status of 400
   * and more, is recorded as a refusal.
   *
   * @param action a verb
   * @param reason the caller's, at most 500 characters
   * @param effect is given who asked for it, and why
   * @param again answers in its place if the same request has made or changed these before, and its
   *     answer was lost
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 if the reason is longer; then nothing
   *     is done
   */
  <T> T doing(
      String action,
      Subject subject,
      Optional<String> reason,
      Function<Entry, T> effect,
      Function<List<String>, T> again) {
    Entry entry = entry(action, subject, reason);
    long id = audit.begin(entry);
    T answer;
    try {
      answer = key.made().isEmpty() ? done(entry, effect) : again.apply(key.made());
    } catch (RuntimeException e) {
      end(id, entry, refusal(e));
      throw e;
    }
    end(id, entry, outcome(answer));
    return answer;
  }

  private <T> T done(Entry entry, Function<Entry, T> effect) {
    return key.get()
        .map(present -> requests.under(present, () -> effect.apply(entry)))
        .orElseGet(() -> effect.apply(entry));
  }

  private Entry entry(String action, Subject subject, Optional<String> reason) {
    Optional<String> given = reason.map(Recorded::oneLine).filter(text -> !text.isBlank());
    if (given.filter(text -> text.length() > LONGEST_REASON).isPresent()) {
      throw Answers.problem(
          Status.BAD_REQUEST,
          "Cannot record the reason: it has %d characters; write at most %d"
              .formatted(given.get().length(), LONGEST_REASON));
    }
    Caller by = caller.get();
    String id = oneLine(subject.id());
    return new Entry(
        clock.instant(),
        oneLine(by.name()),
        by.role().name(),
        action,
        new Subject(subject.kind(), id.substring(0, Math.min(id.length(), LONGEST_SUBJECT))),
        given);
  }

  /** The effect stands whether or not the store can still be told of it. */
  private void end(long id, Entry entry, String said) {
    String outcome = oneLine(said);
    Subject subject = entry.subject();
    LOG.infof(
        "%s (%s) asked to %s %s %s%s: %s",
        entry.actor(),
        entry.role().toLowerCase(Locale.ROOT),
        entry.action(),
        subject.kind().name().toLowerCase(Locale.ROOT),
        subject.id(),
        entry.reason().map(" because of \"%s\""::formatted).orElse(""),
        outcome);
    try {
      audit.end(id, outcome);
    } catch (StoreException e) {
      LOG.errorf(e, "Cannot record the outcome of request %d in the audit", id);
    }
  }

  private String outcome(Object answer) {
    boolean isDone =
        !(answer instanceof Response response)
            || response.getStatus() < Status.BAD_REQUEST.getStatusCode();
    return isDone ? key.made().isEmpty() ? DONE : DONE_BEFORE : outcome((Response) answer);
  }

  private static String outcome(Response response) {
    return sentence(response.getEntity())
        .orElseGet(() -> response.getStatusInfo().getReasonPhrase());
  }

  /** Whoever reads the audit sees no more than the caller did: the log has the rest. */
  private static String refusal(RuntimeException e) {
    if (e instanceof StoreException away) {
      return away.isOfTransaction()
          ? "Nothing was changed: the run store was away"
          : "The run store was away; what was asked for may have been done or not";
    }
    return e instanceof WebApplicationException refused
        ? outcome(refused.getResponse())
        : sentence(e).orElse("The service failed; its log says why");
  }

  private static Optional<String> sentence(Object answer) {
    if (answer instanceof HttpProblem problem) {
      return Optional.ofNullable(problem.getDetail());
    }
    return answer instanceof Map<?, ?> said
        ? Optional.ofNullable(said.get("message")).map(Object::toString)
        : Optional.empty();
  }

  /** Whoever writes a reason must not be able to write lines of the log, or to a terminal. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+|[\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
  }
}
