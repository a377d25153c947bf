package cluster.step;

import cluster.request.ClusterStep;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.HadoopJarStepConfig;
import software.amazon.awssdk.services.emr.model.KeyValue;
import software.amazon.awssdk.services.emr.model.StepConfig;

/** A user's own step, with placeholders for an attempt's addresses. */
public sealed interface OwnStep {

  /** The texts that may hold placeholders. */
  List<String> texts();

  /** The step of one attempt. */
  ClusterStep of(StepValues values);

  /** The mistakes in the placeholders. */
  default Optional<String> problem() {
    return texts().stream().flatMap(text -> Placeholders.problem(text).stream()).findFirst();
  }

  /**
   * A program for spark-submit.
   *
   * @param name as EMR shows it
   * @param code the URI of a jar or of a Python file
   * @param mainClass the main class of a jar
   * @param args the program's own arguments
   */
  record Program(String name, String code, Optional<String> mainClass, List<String> args)
      implements OwnStep {

    @Override
    public List<String> texts() {
      return args;
    }

    @Override
    public ClusterStep of(StepValues values) {
      return settings ->
          ClusterStep.command(
              name,
              settings.stepDeadline(),
              ClusterStep.sparkSubmit(
                  settings, mainClass, code, Placeholders.filled(args, values)));
    }
  }

  /**
   * Any step that EMR has.
   *
   * @param template it has a jar
   */
  record Request(StepConfig template) implements OwnStep {

    @Override
    public List<String> texts() {
      HadoopJarStepConfig step = template.hadoopJarStep();
      return Stream.concat(step.args().stream(), step.properties().stream().map(KeyValue::value))
          .filter(text -> text != null)
          .toList();
    }

    @Override
    public ClusterStep of(StepValues values) {
      HadoopJarStepConfig step = template.hadoopJarStep();
      List<String> args = Placeholders.filled(step.args(), values);
      if (isCommand()) {
        return settings ->
            template.toBuilder()
                .hadoopJarStep(
                    ClusterStep.command(template.name(), settings.stepDeadline(), args)
                        .hadoopJarStep())
                .actionOnFailure(ActionOnFailure.TERMINATE_CLUSTER)
                .build();
      }
      HadoopJarStepConfig.Builder filled = step.toBuilder();
      if (step.hasArgs()) {
        filled.args(args);
      }
      if (step.hasProperties()) {
        filled.properties(step.properties().stream().map(pair -> filled(pair, values)).toList());
      }
      return settings ->
          template.toBuilder()
              .actionOnFailure(ActionOnFailure.TERMINATE_CLUSTER)
              .hadoopJarStep(filled.build())
              .build();
    }

    /** Whether the step runs a command, which can be given a deadline. */
    boolean isCommand() {
      return template.hadoopJarStep().jar().matches("(.*/)?command-runner[.]jar");
    }

    private static KeyValue filled(KeyValue pair, StepValues values) {
      return pair.value() == null
          ? pair
          : pair.toBuilder().value(Placeholders.filled(pair.value(), values)).build();
    }

    /** Leaves out the arguments, which may contain a password. */
    @Override
    public String toString() {
      return template.name();
    }
  }
}
