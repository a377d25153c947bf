package api;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import security.CurrentCaller;
import store.IdempotentRequests;
import store.IdempotentRequests.Answer;
import store.IdempotentRequests.CallerKey;
import store.IdempotentRequests.Known;
import store.StoreException;

/**
 * Does once what a form asks for, however often the form is sent: each has a key of its own. The
 * second one of a double click waits, and gets the answer of the first.
 */
@ApplicationScoped
public class FormKeys {

  private static final Logger LOG = Logger.getLogger(FormKeys.class);
  private static final Pattern KEY = Pattern.compile("[0-9a-f-]{36}");

  /** No key of a header has a blank. */
  private static final String PREFIX = "form ";

  private static final int LOCKS = 64;

  private final IdempotentRequests requests;
  private final RequestKey present;
  private final CurrentCaller caller;
  private final Clock clock;
  private final Lock[] locks =
      IntStream.range(0, LOCKS).mapToObj(lock -> new ReentrantLock()).toArray(Lock[]::new);

  FormKeys(IdempotentRequests requests, RequestKey present, CurrentCaller caller, Clock clock) {
    this.requests = requests;
    this.present = present;
    this.caller = caller;
    this.clock = clock;
  }

  /**
   * Answers with what the effect answers, or has answered.
   *
   * @param key the form's; a form without one is done whenever it comes
   * @param action what it asks for, and of what
   * @param effect a refusal of it is not kept
   */
  public String once(String key, String action, Supplier<String> effect) {
    if (key == null || !KEY.matcher(key).matches()) {
      return effect.get();
    }
    CallerKey known = new CallerKey(caller.get().name(), PREFIX + key);
    Lock lock = locks[Math.floorMod(known.hashCode(), LOCKS)];
    lock.lock();
    try {
      return once(known, action, effect);
    } finally {
      lock.unlock();
    }
  }

  private String once(CallerKey key, String action, Supplier<String> effect) {
    Instant now = clock.instant();
    Known known = requests.claim(key, action, now, now.minus(IdempotencyKeys.KEPT));
    if (!known.fingerprint().equals(action)) {
      throw Answers.problem(
          Status.CONFLICT, "This form was used for something else; open it anew and send it again");
    }
    return known.answer().map(Answer::body).orElseGet(() -> first(key, known, effect));
  }

  private String first(CallerKey key, Known known, Supplier<String> effect) {
    present.set(key, known.made());
    String answer;
    try {
      answer = effect.get();
    } catch (HttpProblem refused) {
      requests.forget(key);
      throw refused;
    }
    try {
      requests.answer(key, new Answer(Status.SEE_OTHER.getStatusCode(), answer));
    } catch (StoreException e) {
      LOG.warn("Cannot keep the answer to a form; what was made for it is remembered", e);
    }
    return answer;
  }
}
