package localcloud.emr;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import localcloud.emr.StepFolder.Log;
import localcloud.s3.S3Server;
import localcloud.s3.S3Uri;
import software.amazon.awssdk.services.emr.model.FailureDetails;

/** Runs steps, each in a process of its own, and delivers their logs. */
final class StepLauncher implements StepRunner {

  private static final Logger LOG = System.getLogger(StepLauncher.class.getName());

  private final SparkCommandLine commandLine;
  private final SparkArchive archive;
  private final S3Server s3;
  private final StepLogs logs;
  private final JobWithoutSpark withoutSpark;
  private final Python python;
  private final Path data;
  private final Clock clock;
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "emr-step");
            thread.setDaemon(true);
            return thread;
          });

  StepLauncher(SparkRuntime spark, S3Server s3, Path data, Clock clock) throws IOException {
    this.commandLine = new SparkCommandLine(spark, s3.endpoint(), data.resolve("emr"));
    this.archive = new SparkArchive(spark);
    this.s3 = s3;
    this.logs = new StepLogs(s3);
    this.withoutSpark = new JobWithoutSpark(s3);
    this.python = Python.of(System.getenv(), spark.version());
    this.data = data;
    this.clock = clock;
  }

  /**
   * {@inheritDoc}
   *
   * @param ended called by another thread, after the step's process has ended and its logs are
   *     delivered, unless these are planned to be late
   */
  @Override
  public RunningStep start(Order order, Consumer<StepOutcome> ended) {
    RunningStep running = new RunningStep();
    threads.execute(() -> ended.accept(run(order, running)));
    return running;
  }

  private StepOutcome run(Order order, RunningStep running) {
    try {
      StepFolder folder = StepFolder.create(data, order.clusterId(), order.stepId());
      Optional<String> failure = runIn(folder, order, running);
      deliverLogs(order, folder);
      folder.deleteWork();
      return new StepOutcome(failure.map(reason -> details(reason, order, folder)));
    } catch (IOException | RuntimeException e) {
      String reason = "This stand-in could not run the step: " + e;
      return new StepOutcome(Optional.of(FailureDetails.builder().reason(reason).build()));
    }
  }

  private void deliverLogs(Order order, StepFolder folder) throws IOException {
    if (order.logUri().isEmpty()) {
      return;
    }
    S3Uri target = order.logUri().get();
    Duration delay = order.plan().logDelay();
    if (delay.isZero()) {
      logs.deliver(target, order.clusterId(), order.stepId(), folder);
      return;
    }
    deliverLater(
        delay,
        "step " + order.stepId(),
        () -> logs.deliver(target, order.clusterId(), order.stepId(), folder));
  }

  @Override
  public void deliver(Fate.BootstrapLog log, S3Uri logUri, String clusterId) {
    deliverLater(
        log.delay(),
        "the bootstrap action of " + clusterId,
        () -> logs.deliverBootstrap(logUri, clusterId, log.stderr()));
  }

  /** Puts logs into S3. */
  private interface Delivery {
    void deliver() throws IOException;
  }

  private void deliverLater(Duration delay, String whose, Delivery delivery) {
    CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, threads)
        .execute(
            () -> {
              try {
                delivery.deliver();
              } catch (IOException e) {
                LOG.log(Level.ERROR, "Cannot deliver the logs of " + whose, e);
              }
            });
  }

  private FailureDetails details(String reason, Order order, StepFolder folder) {
    FailureDetails found =
        logs.failure(reason, order.logUri(), order.clusterId(), order.stepId(), folder);
    return order
        .plan()
        .message()
        .map(message -> found.toBuilder().message(message).build())
        .orElse(found);
  }

  /** Empty if the step succeeded, otherwise the reason. */
  private Optional<String> runIn(StepFolder folder, Order order, RunningStep running)
      throws IOException {
    StepCommand command = StepCommand.of(order.step());
    note(folder, "INFO startExec " + order.step().jar() + " " + order.step().args());
    Optional<String> obstacle = obstacle(command);
    if (obstacle.isPresent()) {
      note(folder, "ERROR " + obstacle.get());
      return obstacle;
    }
    Instant started = clock.instant();
    Optional<StepCommand.Limit> limit = command.limit();
    int exitCode;
    try {
      exitCode = exitCode(command, order, running, folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("The stand-in was stopped");
    }
    long seconds = Duration.between(started, clock.instant()).toSeconds();
    String result = exitCode == 0 ? "INFO Step succeeded" : "WARN Step failed";
    note(folder, "%s with exitCode %d and took %d seconds".formatted(result, exitCode, seconds));
    return reason(exitCode, limit);
  }

  /** Why the step cannot run here. */
  private Optional<String> obstacle(StepCommand command) {
    if (command instanceof StepCommand.Unsupported unsupported) {
      return Optional.of(unsupported.reason());
    }
    return command instanceof StepCommand.SparkSubmit submit && submit.isPython()
        ? python.lacking()
        : Optional.empty();
  }

  private int exitCode(StepCommand command, Order order, RunningStep running, StepFolder folder)
      throws IOException, InterruptedException {
    return switch (order.plan().course()) {
      case RUNS -> {
        int code = running.run(builder(command, order, folder), command.limit());
        if (code == 0) {
          threads.execute(() -> archive.make(folder.classes()));
        }
        yield code;
      }
      case HANGS -> running.hang(Optional.empty(), command.limit());
      case FAILS -> {
        Files.writeString(folder.log(Log.STDERR), order.plan().stderr());
        Files.writeString(folder.log(Log.STDOUT), "");
        yield 1;
      }
      case SUCCEEDS -> {
        int code = running.hang(Optional.of(order.plan().takes()), command.limit());
        if (code != 0) {
          yield code;
        }
        String summary = withoutSpark.run(command, folder.work());
        Files.writeString(folder.log(Log.STDERR), summary);
        Files.writeString(folder.log(Log.STDOUT), "");
        yield 0;
      }
    };
  }

  private static Optional<String> reason(int exitCode, Optional<StepCommand.Limit> limit) {
    if (exitCode == 0) {
      return Optional.empty();
    }
    boolean timedOut = exitCode == RunningStep.TIMED_OUT && limit.isPresent();
    return Optional.of(
        timedOut
            ? "Timed out after " + limit.get().after().toSeconds() + " seconds (exit code 124)."
            : "Unknown Error.");
  }

  private ProcessBuilder builder(StepCommand command, Order order, StepFolder folder)
      throws IOException {
    if (command instanceof StepCommand.SparkSubmit submit) {
      ProcessBuilder spark = commandLine.sparkSubmit(submit, order.configurations(), folder);
      spark.command().addAll(1, archive.options(folder.classes()));
      return spark;
    }
    if (command instanceof StepCommand.Script script) {
      List<String> words = new ArrayList<>(List.of(fetch(script.uri(), folder).toString()));
      words.addAll(script.arguments());
      return commandLine.program(words, folder);
    }
    if (command instanceof StepCommand.Program program) {
      return commandLine.program(program.words(), folder);
    }
    throw new IllegalStateException("Cannot run " + command);
  }

  private Path fetch(String uri, StepFolder folder) throws IOException {
    S3Uri script = S3Uri.parse(uri);
    Path object = s3.root().resolve(script.bucket()).resolve(script.key());
    Path copy = Files.copy(object, folder.work().resolve("script"));
    if (!copy.toFile().setExecutable(true)) {
      throw new IOException("Cannot make " + copy + " executable");
    }
    return copy;
  }

  private void note(StepFolder folder, String line) throws IOException {
    Files.writeString(
        folder.log(Log.CONTROLLER),
        clock.instant() + " " + line + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      // Whoever closes the stand-in deletes its folder next, where an ending step still writes
      // logs.
      threads.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    archive.close();
  }
}
