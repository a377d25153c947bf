package cluster.step;

import cluster.request.Finding;
import cluster.request.Findings;
import cluster.request.RequestFile;
import cluster.request.RequestReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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

  private static final int LONGEST_NAME = 256;

  /** What ends the cluster when the step fails; the second is the older name of the first. */
  private static final Set<String> ENDING = Set.of("TERMINATE_CLUSTER", "TERMINATE_JOB_FLOW");

  /** Reads a file of one step. */
  public static StepFile read(RequestFile file) {
    Findings unread = new Findings();
    StepConfig step = new RequestReader(unread).readStep(file.text());
    Findings findings = new Findings();
    boolean isWhole = unread.all().stream().noneMatch(finding -> finding.path().isEmpty());
    if (isWhole) {
      check(step, findings);
    }
    List<String> problems =
        Stream.concat(
                unread.all().stream(),
                findings.all().stream()
                    .filter(finding -> unread.all().stream().noneMatch(finding::mayFollowFrom)))
            .map(finding -> problem(file, finding))
            .toList();
    return new StepFile(
        problems.isEmpty() ? Optional.of(new OwnStep.Request(step)) : Optional.empty(), problems);
  }

  private static String problem(RequestFile file, Finding finding) {
    String path = finding.path().isEmpty() ? "" : finding.path() + " ";
    return "(%s): %s%s".formatted(file.name(), path, finding.text());
  }

  private static void check(StepConfig step, Findings findings) {
    if (findings.required("Name", step.name()) && step.name().length() > LONGEST_NAME) {
      findings.add("Name", "has more than %d characters".formatted(LONGEST_NAME));
    }
    if (step.actionOnFailure() != null && !ENDING.contains(step.actionOnFailureAsString())) {
      findings.add(
          "ActionOnFailure",
          "is '%s'; a step that fails must end its cluster: write TERMINATE_CLUSTER, or leave it out"
              .formatted(step.actionOnFailureAsString()));
    }
    if (!findings.required("HadoopJarStep", step.hadoopJarStep())
        || !findings.required("HadoopJarStep.Jar", step.hadoopJarStep().jar())) {
      return;
    }
    if (new OwnStep.Request(step).isCommand()) {
      if (step.hadoopJarStep().args().isEmpty()) {
        findings.lacking(
            "HadoopJarStep.Args",
            "is missing; command-runner.jar needs a command",
            "HadoopJarStep.Args");
      }
      if (step.hadoopJarStep().hasProperties() || step.hadoopJarStep().mainClass() != null) {
        findings.add(
            "HadoopJarStep", "has MainClass or Properties, which command-runner.jar does not use");
      }
    }
  }
}
