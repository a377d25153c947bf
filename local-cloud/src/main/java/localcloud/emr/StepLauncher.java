package localcloud.emr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import localcloud.emr.StepFolder.Log;
import localcloud.s3.S3Server;
import software.amazon.awssdk.services.emr.model.Configuration;
import software.amazon.awssdk.services.emr.model.FailureDetails;
import software.amazon.awssdk.services.emr.model.HadoopJarStepConfig;

/** Runs steps, each in a process of its own, and sees to their logs. */
final class StepLauncher implements AutoCloseable {

  /** One step to run, as its cluster knows it. */
  record Order(
      String clusterId,
      String stepId,
      HadoopJarStepConfig step,
      Optional<String> logUri,
      List<Configuration> configurations) {}

  private final SparkCommandLine commandLine;
  private final S3Server s3;
  private final StepLogs logs;
  private final Path data;
  private final Clock clock;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "emr-step");
            thread.setDaemon(true);
            return thread;
          });

  StepLauncher(SparkRuntime spark, S3Server s3, Path data, Clock clock) throws IOException {
    this.commandLine = new SparkCommandLine(spark, s3.endpoint(), data.resolve("emr"));
    this.s3 = s3;
    this.logs = new StepLogs(s3);
    this.data = data;
    this.clock = clock;
  }

  /**
   * Returns at once.
   *
   * @param ended told once, by another thread, after the step's process has ended and its logs are
   *     delivered
   */
  RunningStep start(Order order, Consumer<StepOutcome> ended) {
    RunningStep running = new RunningStep();
    threads.execute(() -> ended.accept(run(order, running)));
    return running;
  }

  private StepOutcome run(Order order, RunningStep running) {
    try {
      StepFolder folder = StepFolder.create(data, order.clusterId(), order.stepId());
      Optional<String> failure = runIn(folder, order, running);
      if (order.logUri().isPresent()) {
        logs.deliver(order.logUri().get(), order.clusterId(), order.stepId(), folder);
      }
      folder.deleteWork();
      return new StepOutcome(
          failure.map(
              reason ->
                  logs.failure(reason, order.logUri(), order.clusterId(), order.stepId(), folder)));
    } catch (IOException | UncheckedIOException e) {
      String reason = "This stand-in could not run the step: " + e;
      return new StepOutcome(Optional.of(FailureDetails.builder().reason(reason).build()));
    }
  }

  /** Empty if the step ended well, otherwise the reason. */
  private Optional<String> runIn(StepFolder folder, Order order, RunningStep running)
      throws IOException {
    StepCommand command = StepCommand.of(order.step());
    note(folder, "INFO startExec " + order.step().jar() + " " + order.step().args());
    if (command instanceof StepCommand.Unsupported unsupported) {
      note(folder, "ERROR " + unsupported.reason());
      return Optional.of(unsupported.reason());
    }
    Instant started = clock.instant();
    Optional<StepCommand.Limit> limit = command.limit();
    int exitCode;
    try {
      exitCode = running.run(builder(command, order, folder), limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("The stand-in was stopped");
    }
    long seconds = Duration.between(started, clock.instant()).toSeconds();
    String result = exitCode == 0 ? "INFO Step succeeded" : "WARN Step failed";
    note(folder, "%s with exitCode %d and took %d seconds".formatted(result, exitCode, seconds));
    return reason(exitCode, limit);
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
      return commandLine.sparkSubmit(submit, order.configurations(), folder);
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
    URI script = URI.create(uri);
    Path object = s3.root().resolve(script.getHost()).resolve(script.getPath().substring(1));
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
  }
}
