package localcloud.emr;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.services.emr.model.HadoopJarStepConfig;

/**
 * A step's process as the EMR stand-in starts it, without the stand-in. It is in the stand-in's package because the options of a step's JVM are package-private.
 */
public record StandInStep(ProcessBuilder process, Path log, Runnable cleanUp) {

  /** The process reads and writes local files only. */
  private static final URI NO_S3 = URI.create("http://127.0.0.1:9");

  /**
   * Prepares it.
   *
   * @param folder of all steps, for their logs and temporary files
   * @param args the arguments of a step of command-runner.jar
   */
  public static StandInStep prepare(Path folder, Path sparkClassPath, String id, List<String> args)
      throws IOException {
    HadoopJarStepConfig config =
        HadoopJarStepConfig.builder().jar("command-runner.jar").args(args).build();
    if (!(StepCommand.of(config) instanceof StepCommand.SparkSubmit submit)) {
      throw new IllegalArgumentException("Not a spark-submit: " + args);
    }
    StepFolder step = StepFolder.create(folder, "j-BENCH", id);
    SparkRuntime spark = SparkRuntime.load(sparkClassPath);
    SparkCommandLine commandLine = new SparkCommandLine(spark, NO_S3, folder);
    return new StandInStep(
        commandLine.sparkSubmit(submit, List.of(), step),
        step.log(StepFolder.Log.STDERR),
        step::deleteWork);
  }
}
