package localcloud.faults;

import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A process that only waits to be killed. */
public final class Victim implements AutoCloseable {
  private final Process process;

  public Victim() throws IOException {
    process = new ProcessBuilder("sleep", "60").start();
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public void awaitDeath() {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
