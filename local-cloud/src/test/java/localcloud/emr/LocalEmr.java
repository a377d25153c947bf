package localcloud.emr;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import localcloud.faults.Faults;
import localcloud.s3.S3Server;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.StepConfig;
import software.amazon.awssdk.services.emr.model.StepState;
import software.amazon.awssdk.services.emr.model.StepSummary;
import software.amazon.awssdk.services.s3.S3Client;

/** S3 and EMR stand-ins with the SDK's clients for them, for a test. */
final class LocalEmr implements AutoCloseable {
  static final String LOGS = "logs";
  private static final Duration DEADLINE = Duration.ofMinutes(5);

  final Faults faults;
  final S3Server s3Server;
  final EmrServer server;
  final S3Client s3;
  final EmrClient emr;

  LocalEmr(Path data) throws IOException {
    this(data, Clock.systemUTC());
  }

  LocalEmr(Path data, Clock clock) throws IOException {
    this(data, clock, false);
  }

  LocalEmr(Path data, Clock clock, boolean quotas) throws IOException {
    this(data, clock, Duration.ZERO, quotas);
  }

  LocalEmr(Path data, Clock clock, Duration visibility, boolean quotas) throws IOException {
    faults = new Faults(clock);
    s3Server = new S3Server(0, data.resolve("s3"), faults);
    s3Server.start();
    s3Server.createBucket(LOGS);
    server =
        new EmrServer(
            new EmrServer.Settings(
                0, Duration.ofMillis(100), Duration.ofMillis(50), visibility, quotas),
            SparkRuntime.load(Path.of("spark/target/spark.classpath")),
            s3Server,
            data,
            clock,
            faults);
    server.start();
    s3 =
        S3Client.builder()
            .endpointOverride(s3Server.endpoint())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .build();
    emr = emrClient(server.endpoint());
  }

  static EmrClient emrClient(URI endpoint) {
    return EmrClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .build();
  }

  /** A request for a transient cluster that EMR accepts. */
  static RunJobFlowRequest.Builder cluster(StepConfig... steps) {
    return RunJobFlowRequest.builder()
        .name("test")
        .releaseLabel("emr-7.13.0")
        .serviceRole("EMR_DefaultRole")
        .jobFlowRole("EMR_EC2_DefaultRole")
        .logUri("s3://" + LOGS + "/emr/")
        .instances(i -> i.masterInstanceType("m5.xlarge").instanceCount(1))
        .steps(steps);
  }

  static RunJobFlowRequest.Builder longRunning(StepConfig... steps) {
    return cluster(steps)
        .instances(
            i ->
                i.masterInstanceType("m5.xlarge")
                    .instanceCount(1)
                    .keepJobFlowAliveWhenNoSteps(true));
  }

  static StepConfig step(ActionOnFailure action, String... args) {
    return StepConfig.builder()
        .name("step")
        .actionOnFailure(action)
        .hadoopJarStep(jar -> jar.jar("command-runner.jar").args(Arrays.asList(args)))
        .build();
  }

  static StepConfig shell(ActionOnFailure action, String script) {
    return step(action, "bash", "-c", script);
  }

  /** The new cluster's id. */
  String run(RunJobFlowRequest.Builder request) {
    return emr.runJobFlow(request.build()).jobFlowId();
  }

  Cluster describe(String id) {
    return emr.describeCluster(b -> b.clusterId(id)).cluster();
  }

  /** Newest first, as EMR lists them. */
  List<StepSummary> steps(String id) {
    return emr.listSteps(b -> b.clusterId(id)).steps();
  }

  StepState stepState(String id) {
    return steps(id).get(0).status().state();
  }

  Cluster awaitState(String id, ClusterState state) {
    await(() -> describe(id).status().state() == state);
    return describe(id);
  }

  Cluster awaitEnd(String id) {
    await(() -> describe(id).status().timeline().endDateTime() != null);
    return describe(id);
  }

  static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(DEADLINE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(condition);
  }

  void terminate(String id) {
    emr.terminateJobFlows(b -> b.jobFlowIds(id));
  }

  @Override
  public void close() throws IOException {
    emr.close();
    s3.close();
    server.close();
    s3Server.close();
  }
}
