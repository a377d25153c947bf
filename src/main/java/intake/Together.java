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
 * Has what several threads ask for done at once: while one of them works, the wishes of the others
 * gather, and the next to work does them all. So one transaction, or one call, serves as many as
 * there are threads, and a thread that is alone waits for no other.
 *
 * @param <W> what is wished for
 * @param <A> the answer to a wish
 */
public final class Together<W, A> {

  private final int most;
  private final Function<List<W>, List<A>> work;
  private final Queue<Wish<W, A>> wishes = new ConcurrentLinkedQueue<>();
  private final ReentrantLock working = new ReentrantLock();

  private record Wish<W, A>(W wanted, CompletableFuture<A> answer) {}

  /**
   * @param most how many wishes are done at once
   * @param work does them, and answers each in their order
   */
  public Together(int most, Function<List<W>, List<A>> work) {
    this.most = most;
    this.work = work;
  }

  /**
   * The answer, once the wish has been done.
   *
   * @throws RuntimeException what the work threw when it did this wish alone
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
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** How many wishes have gathered and are not being done. */
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
    } catch (RuntimeException e) {
      if (gathered.size() == 1) {
        gathered.get(0).answer().completeExceptionally(e);
      } else {
        // What is wrong with one of them must not keep the others from being done.
        gathered.forEach(this::answerAlone);
      }
    }
  }

  private void answerAlone(Wish<W, A> wish) {
    try {
      answer(List.of(wish));
    } catch (RuntimeException e) {
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
