package actions;

import aws.AwsSettings;
import cluster.emr.EmrGateway;
import cluster.emr.LaunchAnswer;
import cluster.request.Owner;
import contract.ContractJson;
import curated.RunPaths;
import flow.Action.Launch;
import flow.EndReason;
import flow.RunRequests;
import flow.StagedKeys;
import inflight.InFlight;
import ingest.IngestScript;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;
import pipeline.ServiceSettings;
import run.Attempt;
import run.Run;
import staging.JobJar;
import staging.ObjectToPut;
import store.RunStore;

/**
 * INTENDED to LAUNCHED: asks EMR for an attempt's cluster once its files are in S3. RunJobFlow has
 * no idempotency token, so the call is recorded before it is made; if its answer is lost, {@link
 * AdoptCluster} continues.
 */
@ApplicationScoped
public class LaunchCluster {

  private static final Logger LOG = Logger.getLogger(LaunchCluster.class);

  private final Pipelines pipelines;
  private final JobJar jar;
  private final IngestScript script;
  private final EmrGateway emr;
  private final RunStore runs;
  private final ServiceSettings settings;
  private final AwsSettings aws;
  private final InFlight inFlight;
  private final Clock clock;

  LaunchCluster(
      Pipelines pipelines,
      JobJar jar,
      IngestScript script,
      EmrGateway emr,
      RunStore runs,
      ServiceSettings settings,
      AwsSettings aws,
      InFlight inFlight,
      Clock clock) {
    this.pipelines = pipelines;
    this.jar = jar;
    this.script = script;
    this.emr = emr;
    this.runs = runs;
    this.settings = settings;
    this.aws = aws;
    this.inFlight = inFlight;
    this.clock = clock;
  }

  /** The objects that the cluster's steps read, which must be in S3 before the launch. */
  public List<ObjectToPut> objects(Launch launch) {
    Run run = launch.open().run();
    Pipeline pipeline = pipelines.named(run.pipeline());
    RunPaths paths = RunRequests.paths(pipeline, run.id());
    String bucket = paths.settings().bucket();
    List<ObjectToPut> objects = new ArrayList<>();
    if (pipeline.steps().areOwn()) {
      pipeline
          .steps()
          .files()
          .forEach(file -> objects.add(new ObjectToPut(bucket, file.key(), file.content())));
    } else {
      objects.add(jar.in(bucket));
      objects.add(
          new ObjectToPut(
              bucket,
              paths.jobKey(launch.attempt().number()),
              jobDescription(pipeline, launch.attempt())));
    }
    if (run.ingestsOnItsCluster()) {
      objects.add(script.in(bucket));
    }
    return objects;
  }

  private static byte[] jobDescription(Pipeline pipeline, Attempt attempt) {
    return ContractJson.write(RunRequests.jobDescription(pipeline, attempt.run(), attempt.number()))
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Asks EMR for the cluster, and records the answer.
   *
   * @throws IllegalStateException if EMR launches none now, and the same call may succeed later
   */
  public void ask(Launch launch) {
    Run run = launch.open().run();
    Pipeline pipeline = pipelines.named(run.pipeline());
    Attempt called = runs.save(launch.attempt().called(clock.instant()));
    LaunchAnswer answer =
        emr.launch(
            RunRequests.runJobFlow(
                pipeline,
                run,
                called,
                new Owner(settings.installation(), runs.id()),
                new StagedKeys(aws.region(), jar.key(), script.key())));
    if (answer instanceof LaunchAnswer.Launched launched) {
      runs.save(called.launched(launched.clusterId()));
      LOG.infof(
          "Attempt %d of run %s has cluster %s", called.number(), run.id(), launched.clusterId());
    } else if (answer instanceof LaunchAnswer.Refused refused) {
      runs.save(called.refused().failed(EndReason.refused(called, refused.message(), pipeline)));
    } else if (answer instanceof LaunchAnswer.Throttled) {
      runs.save(called.refused());
    } else if (answer instanceof LaunchAnswer.NotNow notNow) {
      runs.save(called.refused());
      throw new IllegalStateException("EMR does not launch a cluster now: " + notNow.message());
    } else if (answer instanceof LaunchAnswer.Unknown unknown) {
      LOG.warnf(
          "EMR's answer to RunJobFlow for attempt %d of run %s is not known, looking for its cluster: %s",
          called.number(), run.id(), unknown.message());
      inFlight.pollSoon();
    }
  }
}
