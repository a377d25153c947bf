package cluster.diagnosis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LostNodesTest {

  private static final String ABORTED =
      "Exception in thread \"main\" org.apache.spark.SparkException: Job aborted due to stage failure: ";

  @Test
  void a_stage_that_failed_with_its_executors_on_lost_nodes_is_explained_by_them()
      throws IOException {
    assertThat(
            explains(
                ABORTED
                    + "Task 3 in stage 5.0 failed 4 times, most recent failure: Lost task 3.3 in stage 5.0 (TID 99)"
                    + " (ip-10-0-0-7 executor 9): ExecutorLostFailure (executor 9 exited unrelated to the running tasks)"
                    + " Reason: Container from a bad node: container_1_0001_01_000010 on host: ip-10-0-0-7."
                    + " Exit status: -100. Diagnostics: Container released on a *lost* node.\n"))
        .isTrue();
  }

  @Test
  void a_driver_whose_own_node_was_lost_is_explained_by_it() throws IOException {
    assertThat(
            explains(
                """
                \t diagnostics: Application application_1_0001 failed 1 times due to AM Container for appattempt_1_0001_000001 exited with  exitCode: -100
                Failing this attempt.Diagnostics: Container released on a *lost* node
                \t final status: FAILED
                """))
        .isTrue();
  }

  @Test
  void shuffle_files_that_went_with_executors_by_the_dozen_are_explained_by_lost_machines()
      throws IOException {
    String failed =
        ABORTED
            + "ResultStage 3 has failed the maximum allowable number of times: 4. Most recent failure reason:"
            + " org.apache.spark.shuffle.MetadataFetchFailedException: Missing an output location for shuffle 0 partition 7\n";

    assertThat(explains(lostExecutors(11) + failed)).isFalse();
    assertThat(explains(lostExecutors(12) + failed)).isTrue();
  }

  @Test
  void code_that_failed_is_not_excused_by_a_node_that_spark_went_on_without() throws IOException {
    assertThat(
            explains(
                """
                26/11/24 09:12:31 ERROR YarnScheduler: Lost executor 9 on ip-10-0-0-7: Container released on a *lost* node
                Exception in thread "main" java.lang.IllegalStateException: no such customer
                	at com.acme.etl.Orders.main(Orders.java:9)
                """))
        .isFalse();
  }

  @Test
  void an_executor_that_was_killed_for_its_memory_is_no_lost_machine() throws IOException {
    assertThat(
            explains(
                lostExecutors(12)
                    + ABORTED
                    + "ExecutorLostFailure (executor 9 exited caused by one of the running tasks) Reason: Container"
                    + " killed by YARN for exceeding memory limits. 5.5 GB of 5.5 GB physical memory used.\n"))
        .isFalse();
  }

  private static String lostExecutors(int count) {
    StringBuilder log = new StringBuilder();
    for (int executor = 1; executor <= count; executor++) {
      log.append(
          "26/11/24 09:12:31 ERROR YarnScheduler: Lost executor %d on ip-10-0-0-7: Executor heartbeat timed out\n"
              .formatted(executor));
    }
    return log.toString();
  }

  private static boolean explains(String stderr) throws IOException {
    List<String> cause = RootCause.of(new ByteArrayInputStream(stderr.getBytes(UTF_8)));
    return LostNodes.explain(cause);
  }
}
