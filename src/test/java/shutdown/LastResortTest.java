package shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LastResortTest {

  @Test
  void a_stop_that_hangs_is_ended_and_the_log_says_where_it_hung() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    CompletableFuture<String> ended = new CompletableFuture<>();
    new Thread(() -> shutdown(hanging), "hanging stop").start();

    try {
      LastResort.after(Duration.ofMillis(100), ended::complete);

      assertThat(ended.get(1, TimeUnit.MINUTES))
          .contains("hanging stop in ", "LastResortTest.shutdown");
    } finally {
      hanging.countDown();
    }
  }

  private static void shutdown(CountDownLatch hanging) {
    try {
      hanging.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
