package cluster.step;

import cluster.request.RequestFile;
import cluster.request.RequestReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.emr.model.HadoopJarStepConfig;
import software.amazon.awssdk.services.emr.model.StepConfig;

/**
 * A step in EMR's own JSON, {@code StepConfig} of RunJobFlow, and the mistakes in it.
 *
 * @param step absent if there are mistakes
 * @param problems the mistakes, each a sentence that begins with the file and the member
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_StepConfig.html">StepConfig</a>
 */
public record StepFile(Optional<OwnStep> step, List<String> problems) {

  /** What ends the cluster when the step fails; the second is the older name of the first. */
  private static final Set<String> ENDING = Set.of("TERMINATE_CLUSTER", "TERMINATE_JOB_FLOW");

  /** Reads a file of one step. */
  public static StepFile read(RequestFile file) {
    List<String> problems = new ArrayList<>();
    StepConfig step = new RequestReader(problems).readStep(file.text());
    if (problems.isEmpty()) {
      check(step, problems);
    }
    return new StepFile(
        problems.isEmpty() ? Optional.of(new OwnStep.Request(step)) : Optional.empty(),
        problems.stream().map(file::problem).toList());
  }

  /** What EMR would take, and what would not end its cluster, or not run. */
  private static void check(StepConfig step, List<String> problems) {
    if (step.actionOnFailure() != null && !ENDING.contains(step.actionOnFailureAsString())) {
      problems.add(
          "ActionOnFailure is '%s'; a step that fails must end its cluster: write TERMINATE_CLUSTER, or leave it out"
              .formatted(step.actionOnFailureAsString()));
    }
    HadoopJarStepConfig jar = step.hadoopJarStep();
    if (jar == null || jar.jar() == null) {
      problems.add("HadoopJarStep.Jar is missing; it is what the step runs");
    } else if (new OwnStep.Request(step).isCommand()) {
      if (jar.args().isEmpty()) {
        problems.add("HadoopJarStep.Args is missing; command-runner.jar needs a command");
      }
      if (jar.hasProperties() || jar.mainClass() != null) {
        problems.add(
            "HadoopJarStep has MainClass or Properties, which command-runner.jar does not use");
      }
    }
  }
}
