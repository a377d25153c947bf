package flow;

import aws.AwsSettings;
import ingest.IngestScript;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import pipeline.Pipeline;
import pipeline.ServiceSettings;
import staging.JobJar;

/** Makes plans with this service's installation, staged files and clock. */
@ApplicationScoped
public class Planner {

  private final JobJar jar;
  private final IngestScript script;
  private final AwsSettings aws;
  private final ServiceSettings settings;
  private final Clock clock;

  Planner(JobJar jar, IngestScript script, AwsSettings aws, ServiceSettings settings, Clock clock) {
    this.jar = jar;
    this.script = script;
    this.aws = aws;
    this.settings = settings;
    this.clock = clock;
  }

  /** What would be sent for a run of the pipeline now. */
  public Plan plan(Pipeline pipeline) {
    return Plan.of(
        pipeline,
        settings.installation(),
        new StagedKeys(aws.region(), jar.key(), script.key()),
        clock.instant());
  }
}
