package kills;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localcloud.Cloud;
import localcloud.process.Child;
import localcloud.process.Failure;
import localcloud.process.Service;
import localcloud.process.Workplace;

/** The service that is ended again and again, and started again with the same store. */
final class Victim {

  /** A JVM that lives for seconds does better without its second compiler. */
  private static final List<String> SHORT_LIFE =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final int LOOK_MILLIS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Workplace workplace;
  private final Cloud cloud;
  private final int port;
  private final Service service;
  private int lives;
  private Optional<Child> child = Optional.empty();
  private Optional<ProcessHandle> process = Optional.empty();

  Victim(Workplace workplace, Cloud cloud) throws IOException {
    this.workplace = workplace;
    this.cloud = cloud;
    this.port = Workplace.freePort();
    this.service = Workplace.service(port);
  }

  /** Starts it; when this returns it has a process and has made no call. */
  void start() throws Failure, IOException, InterruptedException {
    child.ifPresent(workplace::end);
    lives++;
    Child started =
        workplace.startService("service-%03d".formatted(lives), cloud, port, SHORT_LIFE, Map.of());
    child = Optional.of(started);
    long start = System.nanoTime();
    while (started.command().isEmpty()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new Failure(started.name() + " has no process:\n" + started.lastWords());
      }
      Workplace.pause(LOOK_MILLIS);
    }
    process = started.command();
  }

  /** Waits until it says that it is ready. */
  void awaitReady() throws Failure, IOException, InterruptedException {
    Workplace.await(child.orElseThrow(), service::isReady);
  }

  /** How often it was started. */
  int lives() {
    return lives;
  }

  /** The process's id. */
  long pid() {
    return process.orElseThrow().pid();
  }

  boolean isDead() {
    return !process.orElseThrow().isAlive();
  }

  /** Sends the signal. */
  void end(Point.Signal signal) {
    switch (signal) {
      case SIGKILL -> process.orElseThrow().destroyForcibly();
      case SIGTERM -> process.orElseThrow().destroy();
    }
  }

  /** Its API and health. */
  Service service() {
    return service;
  }

  /** The end of its output. */
  String lastWords() throws IOException {
    return child.orElseThrow().lastWords();
  }
}
