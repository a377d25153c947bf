package intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import testing.Awaiting;

/** What several threads ask for while one works is done at once, and each gets its own answer. */
class TogetherTest {

  private final List<List<String>> done = new CopyOnWriteArrayList<>();

  @Test
  void who_is_alone_waits_for_no_other() {
    Together<String, String> together = new Together<>(10, this::doAll);

    assertThat(together.ask("a")).isEqualTo("A");
    assertThat(together.ask("b")).isEqualTo("B");
    assertThat(done).containsExactly(List.of("a"), List.of("b"));
  }

  @Test
  void what_gathers_while_one_works_is_done_at_once_up_to_the_limit() {
    CountDownLatch works = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    Together<String, String> together =
        new Together<>(
            3,
            wanted -> {
              if (wanted.equals(List.of("first"))) {
                works.countDown();
                await(mayGoOn);
              }
              return doAll(wanted);
            });
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<CompletableFuture<String>> answers = new ArrayList<>();
      answers.add(CompletableFuture.supplyAsync(() -> together.ask("first"), threads));
      await(works);
      for (String wanted : List.of("a", "b", "c", "d", "e")) {
        answers.add(CompletableFuture.supplyAsync(() -> together.ask(wanted), threads));
      }
      Awaiting.until(
          "all have asked", Duration.ofMinutes(1), () -> together.gathered() == answers.size() - 1);
      mayGoOn.countDown();

      assertThat(answers.stream().map(CompletableFuture::join))
          .containsExactly("FIRST", "A", "B", "C", "D", "E");
      assertThat(done).extracting(List::size).containsExactly(1, 3, 2);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_wish_that_fails_keeps_no_other_from_being_done() {
    Together<String, String> together =
        new Together<>(
            10,
            wanted -> {
              if (wanted.contains("bad")) {
                throw new IllegalArgumentException("bad");
              }
              return doAll(wanted);
            });

    assertThatThrownBy(() -> together.ask("bad")).isInstanceOf(IllegalArgumentException.class);
    assertThat(together.ask("good")).isEqualTo("GOOD");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> doAll(List<String> wanted) {
    done.add(wanted);
    return wanted.stream().map(word -> word.toUpperCase(Locale.ROOT)).toList();
  }
}
