package localcloud.emr;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import localcloud.s3.S3Uri;
import software.amazon.awssdk.services.emr.model.Configuration;
import software.amazon.awssdk.services.emr.model.HadoopJarStepConfig;

/** Runs the steps of an account's clusters. */
interface StepRunner extends AutoCloseable {

  /** One step to run, as its cluster knows it. */
  record Order(
      String clusterId,
      String stepId,
      HadoopJarStepConfig step,
      Optional<S3Uri> logUri,
      List<Configuration> configurations,
      StepPlan plan) {}

  /**
   * Starts a step and returns at once.
   *
   * @param ended called once, later, after the step has ended
   */
  RunningStep start(Order order, Consumer<StepOutcome> ended);

  /** Delivers the log of a bootstrap action that has failed; returns at once. */
  void deliver(Fate.BootstrapLog log, S3Uri logUri, String clusterId);

  @Override
  void close();
}
