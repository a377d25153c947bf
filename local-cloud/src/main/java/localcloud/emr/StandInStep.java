package localcloud.emr;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.services.emr.model.HadoopJarStepConfig;

/**
 * A step of Spark as the stand-in starts it, without the stand-in around it, for measurements.
 *
 * @param process to be started
 * @param log where its standard error goes
 * @param cleanUp deletes the step's files except its logs, once it has ended
 */
public record StandInStep(ProcessBuilder process, Path log, Runnable cleanUp) {

  /** Nothing listens there. */
  private static final URI NO_S3 = URI.create("http://127.0.0.1:9");

  /**
   * A step that reads and writes local files only.
   *
   * @param folder of all steps, for their logs and temporary files
   * @param sparkClassPath the file that the module {@code local-cloud/spark} wrote
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
