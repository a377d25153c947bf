package cluster.diagnosis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import testing.Resource;

/** The files under {@code cluster/stderr} are as Spark 3.5, YARN and Python write them. */
class RootCauseTest {

  // A driver's own stack trace.

  @Test
  void the_last_cause_comes_first_and_then_what_the_driver_died_of_with_the_users_frames_only()
      throws IOException {
    assertThat(causeIn("driver-task-failed"))
        .containsExactly(
            "Caused by: java.lang.NumberFormatException: For input string: \"three\"",
            "    at com.acme.etl.Amounts.parse(Amounts.java:2)",
            "Exception in thread \"main\" org.apache.spark.SparkException: Job aborted due to stage failure:"
                + " Task 1 in stage 0.0 failed 1 times, most recent failure: Lost task 1.0 in stage 0.0 (TID 1)"
                + " (ip-172-31-7-22.eu-central-1.compute.internal executor 3): org.apache.spark.SparkException:"
                + " [TASK_WRITE_FAILED] Task failed while writing rows to s3://acme-curated/orders.",
            "    at com.acme.etl.Orders.load(Orders.java:19)",
            "    at com.acme.etl.Orders.main(Orders.java:9)");
  }

  @Test
  void an_exception_without_a_cause_is_the_cause_and_query_plans_are_left_out() throws IOException {
    assertThat(causeIn("driver-analysis"))
        .containsExactly(
            "Exception in thread \"main\" org.apache.spark.sql.AnalysisException:"
                + " [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `amout` cannot be"
                + " resolved. Did you mean one of the following? [`amount`, `order_id`].; line 1 pos 17;",
            "    at com.acme.etl.Orders.main(Orders.java:10)");
  }

  @Test
  void what_is_only_suppressed_is_no_cause_and_the_way_from_the_cause_is_shown()
      throws IOException {
    List<String> cause = causeIn("s3-access-denied");

    assertThat(cause)
        .hasSize(5)
        .first()
        .asString()
        .startsWith("Caused by: com.amazon.ws.emr.")
        .contains("Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied");
    assertThat(cause.subList(1, 5))
        .containsExactly(
            "Caused by: java.nio.file.AccessDeniedException: s3://acme-landing/orders/2026-11-24/part 1.csv: open",
            "Exception in thread \"main\" java.io.UncheckedIOException:"
                + " Cannot read s3://acme-landing/orders/2026-11-24/part 1.csv",
            "    at com.acme.etl.Landing.read(Landing.java:33)",
            "    at com.acme.etl.Orders.main(Orders.java:12)");
  }

  @Test
  void a_missing_class_is_named() throws IOException {
    assertThat(causeIn("missing-class"))
        .containsExactly(
            "Caused by: java.lang.ClassNotFoundException: com.acme.money.Currency",
            "Exception in thread \"main\" java.lang.NoClassDefFoundError: com/acme/money/Currency",
            "    at com.acme.etl.Amounts.<clinit>(Amounts.java:9)",
            "    at com.acme.etl.Orders.main(Orders.java:12)");
  }

  @Test
  void what_died_last_in_the_driver_outweighs_what_was_logged_before_and_after()
      throws IOException {
    assertThat(
            causeOf(
                """
                26/11/24 09:00:00 ERROR Utils: Aborting task
                java.io.IOException: connection reset, tried again
                	at com.acme.etl.Orders.retry(Orders.java:70)
                26/11/24 09:00:01 INFO SparkContext: all is well
                Exception in thread "main" java.lang.IllegalStateException: no orders of today
                	at com.acme.etl.Orders.main(Orders.java:9)
                26/11/24 09:00:02 ERROR ShutdownHookManager: cannot delete a folder
                java.nio.file.NoSuchFileException: /mnt/tmp/spark
                	at com.acme.etl.Hooks.run(Hooks.java:1)
                Exception in thread "shutdown-hook-0" java.lang.NullPointerException
                	at com.acme.etl.Hooks.run(Hooks.java:2)
                """))
        .startsWith(
            "Exception in thread \"main\" java.lang.IllegalStateException: no orders of today",
            "    at com.acme.etl.Orders.main(Orders.java:9)");
  }

  @Test
  void a_stack_trace_that_begins_in_the_part_that_was_cut_off_still_gives_its_cause()
      throws IOException {
    assertThat(
            causeOf(
                """
                	at org.apache.spark.scheduler.DAGScheduler.run(DAGScheduler.scala:1)
                Caused by: java.io.FileNotFoundException: s3://acme-landing/orders.csv
                	at com.acme.etl.Landing.open(Landing.java:41)
                """))
        .containsExactly(
            "Caused by: java.io.FileNotFoundException: s3://acme-landing/orders.csv",
            "    at com.acme.etl.Landing.open(Landing.java:41)");
  }

  // Python.

  @Test
  void of_a_python_driver_the_error_in_the_worker_comes_first_with_the_users_lines()
      throws IOException {
    assertThat(causeIn("pyspark-udf"))
        .containsExactly(
            "ZeroDivisionError: division by zero",
            "    File \"/mnt/tmp/orders.py\", line 12, in ratio",
            "      return a / b",
            "py4j.protocol.Py4JJavaError: An error occurred while calling o87.showString.",
            "    File \"/mnt/tmp/orders.py\", line 31, in <module>",
            "      main()",
            "    File \"/mnt/tmp/orders.py\", line 27, in main",
            "      orders.withColumn(\"ratio\", ratio(\"a\", \"b\")).show()");
  }

  @Test
  void python_prints_the_direct_cause_before_its_consequence() throws IOException {
    assertThat(causeIn("pyspark-chained"))
        .startsWith(
            "KeyError: 'landing'",
            "    File \"/mnt/tmp/orders.py\", line 8, in settings",
            "      return json.load(file)[\"landing\"]",
            "ValueError: settings.json names no landing folder");
  }

  @Test
  void an_error_while_another_was_handled_is_what_python_ended_with() throws IOException {
    String log =
        """
        Traceback (most recent call last):
          File "/mnt/tmp/orders.py", line 8, in load
            read()
        OSError: connection reset

        During handling of the above exception, another exception occurred:

        Traceback (most recent call last):
          File "/mnt/tmp/orders.py", line 10, in load
            log.warn(missing)
        NameError: name 'missing' is not defined
        """;

    assertThat(causeOf(log))
        .startsWith("NameError: name 'missing' is not defined")
        .contains("OSError: connection reset");
  }

  // YARN.

  @Test
  void yarns_diagnostics_show_what_the_driver_in_the_cluster_died_of() throws IOException {
    assertThat(causeIn("yarn-analysis"))
        .containsExactly(
            "User class threw exception: org.apache.spark.sql.AnalysisException: [TABLE_OR_VIEW_NOT_FOUND] The table"
                + " or view `orders_2026` cannot be found. Verify the spelling and correctness of the schema and"
                + " catalog.",
            "If you did not qualify the name with a schema, verify the current_schema() output, or qualify the name"
                + " with the correct schema and catalog.",
            "To tolerate the error on drop use DROP VIEW IF EXISTS or DROP TABLE IF EXISTS.; line 1 pos 14;",
            "    at com.acme.etl.Orders.report(Orders.java:57)",
            "    at com.acme.etl.Orders.main(Orders.java:21)",
            "Exception in thread \"main\" org.apache.spark.SparkException: Application"
                + " application_1764000000000_0001 finished with failed status");
  }

  @Test
  void a_report_alone_is_enough_where_an_older_client_says_no_more() throws IOException {
    String report =
        Resource.text("cluster/stderr/yarn-analysis.txt").split("26/11/24 09:12:55 ERROR", -1)[0];

    assertThat(causeOf(report))
        .first()
        .asString()
        .startsWith(
            "User class threw exception: org.apache.spark.sql.AnalysisException: [TABLE_OR");
  }

  @Test
  void a_driver_that_yarn_killed_gives_its_exit_code() throws IOException {
    assertThat(causeIn("yarn-driver-killed"))
        .containsExactly(
            "Application application_1764000000000_0002 failed 2 times due to AM Container for"
                + " appattempt_1764000000000_0002_000002 exited with  exitCode: 137",
            "Failing this attempt.Diagnostics: [2026-11-24 09:20:31.114]Container killed on request. Exit code is 137",
            "[2026-11-24 09:20:31.117]Container exited with a non-zero exit code 137.",
            "[2026-11-24 09:20:31.118]Killed by external signal",
            "Exception in thread \"main\" org.apache.spark.SparkException: Application"
                + " application_1764000000000_0002 finished with failed status");
  }

  @Test
  void what_yarn_quotes_of_a_containers_stderr_is_read_too() throws IOException {
    assertThat(causeIn("yarn-missing-class"))
        .startsWith(
            "Caused by: java.lang.ClassNotFoundException: org.apache.spark.deploy.yarn.ApplicationMaster",
            "Error: Could not find or load main class org.apache.spark.deploy.yarn.ApplicationMaster",
            "Application application_1764000000000_0002 failed 1 times (global limit =2; local limit is =1) due to"
                + " AM Container for appattempt_1764000000000_0002_000001 exited with  exitCode: 1");
  }

  @Test
  void where_yarn_knows_no_cause_the_application_is_named_whose_logs_do() throws IOException {
    assertThat(causeIn("yarn-python-exited"))
        .containsExactly(
            "User application exited with status 1",
            "Exception in thread \"main\" org.apache.spark.SparkException: Application"
                + " application_1764000000000_0002 finished with failed status");
  }

  // Machines.

  @Test
  void what_killed_an_executor_comes_before_what_came_of_it() throws IOException {
    List<String> cause = causeIn("executor-killed");

    assertThat(cause.get(0))
        .contains(
            "Container killed by YARN for exceeding physical memory limits. 11.1 GB of 11 GB");
    assertThat(cause.get(1))
        .startsWith(
            "Exception in thread \"main\" org.apache.spark.SparkException: Job aborted due to stage failure")
        .contains("Exit status: 137")
        .hasSizeLessThanOrEqualTo(500);
    assertThat(cause).endsWith("    at com.acme.etl.Orders.main(Orders.java:9)");
  }

  @Test
  void an_executor_without_memory_shows_where() throws IOException {
    assertThat(causeIn("executor-out-of-memory"))
        .startsWith(
            "Caused by: java.lang.OutOfMemoryError: Java heap space",
            "    at com.acme.etl.Orders.lambda$main$cddd0721$1(Orders.java:11)");
  }

  @Test
  void a_full_disk_is_found_among_errors_that_say_less() throws IOException {
    assertThat(causeIn("disk-full"))
        .first()
        .asString()
        .contains("WARN TaskSetManager: Lost task 11.0 in stage 2.0")
        .endsWith("java.io.IOException: No space left on device");
  }

  // Our own job.

  @Test
  void our_own_jobs_word_is_enough_and_is_not_said_twice() throws IOException {
    assertThat(causeIn("our-job-sql"))
        .containsExactly(
            "spark-job: FAILED USER_CODE: transform.sql: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function"
                + " parameter with name `CLASS_NAM` cannot be resolved. Did you mean one of the following?"
                + " [`CLASS_NAME`, `LENGTH`].; line 1 pos 7;");
    assertThat(causeIn("our-job-no-description"))
        .containsExactly(
            "spark-job: FAILED USER_CODE: Cannot read the job description s3://curated/_work/absent.json:"
                + " FileNotFoundException: File s3://curated/_work/absent.json does not exist");
  }

  @Test
  void our_own_job_in_the_cluster_is_reported_by_yarn() throws IOException {
    assertThat(causeIn("our-job-on-yarn"))
        .containsExactly(
            "User class threw exception: sparkjob.failure.JobFailure: 41 of 150 rows were rejected, a ratio of 0.2733;"
                + " rejected.maxRatio (the pipeline's input.max-rejected-ratio) allows 0.0; most of them are in"
                + " s3://landing/iris/späte lieferung 100%+1.csv",
            "Exception in thread \"main\" org.apache.spark.SparkException: Application"
                + " application_1764000000000_0002 finished with failed status");
  }

  // Nothing failed.

  @Test
  void a_step_that_met_its_deadline_says_nothing() throws IOException {
    assertThat(causeIn("timeout")).isEmpty();
    assertThat(causeOf("")).isEmpty();
    assertThat(causeOf("\n\n \n")).isEmpty();
  }

  @Test
  void a_step_that_met_its_deadline_in_yarns_queue_shows_what_it_waited_for() throws IOException {
    assertThat(causeIn("timeout-while-waiting"))
        .singleElement()
        .asString()
        .contains("Application is Activated, waiting for resources to be assigned for AM.");
  }

  @Test
  void noise_alone_gives_the_last_lines_that_are_none() throws IOException {
    assertThat(causeIn("noise"))
        .containsExactly(
            "26/11/24 09:58:02 WARN MemoryManager: Total allocation exceeds 95.00% (1,020,054,720 bytes) of heap memory",
            "loaded 9 files");
  }

  @Test
  void a_commands_own_complaint_is_a_cause() throws IOException {
    assertThat(
            causeOf(
                "bash: line 1: spark-sumbit: command not found\nCommand exiting with ret '127'\n"))
        .containsExactly("bash: line 1: spark-sumbit: command not found");
    assertThat(causeOf("Error: Failed to load class com.acme.etl.Absent.\n"))
        .containsExactly("Error: Failed to load class com.acme.etl.Absent.");
  }

  // Whatever the log is.

  @Test
  void secrets_are_masked() throws IOException {
    assertThat(causeIn("secrets"))
        .containsExactly(
            "Caused by: java.lang.IllegalArgumentException: s3a://****@acme-landing/orders is refused for ASIA****,"
                + " fs.s3a.secret.key=**** {\"sessionToken\": ****} Authorization: Bearer ****",
            "    at com.acme.etl.Orders.main(Orders.java:14)",
            "Exception in thread \"main\" java.sql.SQLException: Cannot connect to"
                + " jdbc:postgresql://****@db.acme.example:5432/orders?user=loader&password=****&ssl=true",
            "    at com.acme.etl.Orders.main(Orders.java:12)");
  }

  @Test
  void bytes_that_are_no_utf_8_and_a_terminals_colours_do_no_harm() throws IOException {
    assertThat(causeIn("bytes"))
        .containsExactly(
            "Exception in thread \"main\" java.lang.IllegalStateException: kaputt \ufffd\ufffd für alle rot",
            "    at com.acme.etl.Orders.main(Orders.java:9)");
  }

  @Test
  void never_more_than_twenty_lines_of_five_hundred_characters_whatever_stands_where()
      throws IOException {
    Random random = new Random(7);
    List<String> known =
        List.of(
                "driver-task-failed",
                "pyspark-udf",
                "pyspark-chained",
                "yarn-analysis",
                "yarn-missing-class",
                "executor-killed",
                "s3-access-denied",
                "noise",
                "bytes")
            .stream()
            .flatMap(name -> Resource.text("cluster/stderr/" + name + ".txt").lines())
            .toList();
    for (int run = 0; run < 500; run++) {
      StringBuilder log = new StringBuilder();
      for (int line = random.nextInt(60); line >= 0; line--) {
        String text = known.get(random.nextInt(known.size()));
        log.append(
            random.nextInt(9) == 0 ? text.substring(random.nextInt(text.length() + 1)) : text);
        log.append(random.nextInt(20) == 0 ? "" : "\n");
      }

      assertThat(causeOf(log.toString()))
          .hasSizeLessThanOrEqualTo(RootCause.MAX_LINES)
          .allSatisfy(
              line -> assertThat(line).isNotBlank().hasSizeLessThanOrEqualTo(RootCause.MAX_LENGTH));
    }
  }

  private static List<String> causeIn(String name) throws IOException {
    try (InputStream log =
        RootCauseTest.class.getResourceAsStream("/cluster/stderr/" + name + ".txt")) {
      return RootCause.of(log);
    }
  }

  private static List<String> causeOf(String log) throws IOException {
    return RootCause.of(bytes(log));
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
