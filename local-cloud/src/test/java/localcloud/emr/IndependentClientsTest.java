package localcloud.emr;

import static localcloud.emr.LocalEmr.longRunning;
import static localcloud.emr.LocalEmr.shell;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import localcloud.python.PythonClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.BootstrapActionConfig;

/** EMR as clients that are not the Java SDK see it. */
class IndependentClientsTest {
  private static final Map<String, String> CREDENTIALS =
      Map.of(
          "AWS_ACCESS_KEY_ID", "any",
          "AWS_SECRET_ACCESS_KEY", "any",
          "AWS_DEFAULT_REGION", "us-east-1",
          "AWS_PAGER", "");

  @TempDir Path data;
  private LocalEmr local;

  @BeforeEach
  void start() throws IOException {
    local = new LocalEmr(data);
  }

  @AfterEach
  void stop() throws IOException {
    local.close();
  }

  @Test
  void boto3_s_waiters_follow_a_cluster_and_its_steps() throws IOException, InterruptedException {
    PythonClient boto3 = PythonClient.having("boto3").get(0);

    assertThat(boto3.run("emr_waiters.py", CREDENTIALS, local.server.endpoint().toString()))
        .containsSubsequence(
            "step complete",
            "waiter: FAILED",
            "visible: True tags: []",
            "tags: [{'Key': 'team', 'Value': 'data'}]",
            "refused: NoSuchCluster Cluster id 'j-NONE' is not valid.",
            "refused: ValidationException",
            "terminated");
  }

  @Test
  void the_aws_cli_describes_a_cluster_with_its_groups_and_bootstrap_actions()
      throws IOException, InterruptedException {
    PythonClient cli = PythonClient.having("awscli").get(0);
    String id =
        local.run(
            longRunning(shell(ActionOnFailure.CONTINUE, "sleep 60"))
                .bootstrapActions(
                    BootstrapActionConfig.builder()
                        .name("prepare")
                        .scriptBootstrapAction(s -> s.path("s3://logs/prepare.sh").args("x"))
                        .build()));

    assertThat(aws(cli, "describe-cluster", "--cluster-id", id))
        .contains("\"InstanceGroupType\": \"MASTER\"", "\"ScriptPath\": \"s3://logs/prepare.sh\"");
    aws(cli, "add-tags", "--resource-id", id, "--tags", "team=data");
    assertThat(aws(cli, "describe-cluster", "--cluster-id", id)).contains("\"Value\": \"data\"");
    String step = local.steps(id).get(0).id();
    assertThat(aws(cli, "cancel-steps", "--cluster-id", id, "--step-ids", step))
        .contains("\"Status\": \"SUBMITTED\"");
    LocalEmr.await(() -> local.stepState(id).toString().equals("CANCELLED"));
    aws(cli, "terminate-clusters", "--cluster-ids", id);
    local.awaitEnd(id);
  }

  private String aws(PythonClient cli, String... arguments)
      throws IOException, InterruptedException {
    String[] words = new String[arguments.length + 3];
    words[0] = "--endpoint-url";
    words[1] = local.server.endpoint().toString();
    words[2] = "emr";
    System.arraycopy(arguments, 0, words, 3, arguments.length);
    return cli.runModule("awscli", CREDENTIALS, words);
  }
}
