package intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Combines the requests of several threads: while one thread works, the requests of the others
 * gather, and the next one handles them all. So one transaction, or one call, serves many threads,
 * and a single thread never waits.
 *
 * @param <W> a request
 * @param <A> the answer to a request
 */
public final class Together<W, A> {

  private final int most;
  private final Function<List<W>, List<A>> work;
  private final Queue<Wish<W, A>> wishes = new ConcurrentLinkedQueue<>();
  private final ReentrantLock working = new ReentrantLock();

  private record Wish<W, A>(W wanted, CompletableFuture<A> answer) {}

  /**
   * @param most the most requests that are handled at once
   * @param work handles them, and returns the answers in their order
   */
  public Together(int most, Function<List<W>, List<A>> work) {
    this.most = most;
    this.work = work;
  }

  /**
   * Returns the answer, once the request has been handled.
   *
   * @throws RuntimeException what the work threw when it handled this request alone
   */
  public A ask(W wanted) {
    Wish<W, A> own = new Wish<>(wanted, new CompletableFuture<>());
    wishes.add(own);
    working.lock();
    try {
      while (!own.answer().isDone()) {
        doGathered();
      }
    } finally {
      working.unlock();
    }
    try {
      return own.answer().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** How many requests have gathered and are not being handled. */
  int gathered() {
    return wishes.size();
  }

  private void doGathered() {
    List<Wish<W, A>> gathered = new ArrayList<>();
    while (gathered.size() < most && !wishes.isEmpty()) {
      gathered.add(wishes.remove());
    }
    try {
      answer(gathered);
    } catch (Throwable e) {
      // A request without an answer would be waited for for ever.
      if (gathered.size() == 1) {
        gathered.get(0).answer().completeExceptionally(e);
      } else {
        // A problem with one of them must not fail the others.
        gathered.forEach(this::answerAlone);
      }
    }
  }

  private void answerAlone(Wish<W, A> wish) {
    try {
      answer(List.of(wish));
    } catch (Throwable e) {
      wish.answer().completeExceptionally(e);
    }
  }

  private void answer(List<Wish<W, A>> some) {
    List<A> answers = work.apply(some.stream().map(Wish::wanted).toList());
    for (int i = 0; i < some.size(); i++) {
      some.get(i).answer().complete(answers.get(i));
    }
  }
}
