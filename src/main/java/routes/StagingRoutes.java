package routes;

import actions.FetchSource;
import actions.WriteManifest;
import flow.Action;
import jakarta.enterprise.context.ApplicationScoped;
import staging.ObjectToPut;

/**
 * Staging: puts what a run's cluster reads into S3, including a source that the service fetches.
 */
@ApplicationScoped
public class StagingRoutes extends Endpoints {

  private final FetchSource fetchSource;
  private final WriteManifest writeManifest;

  StagingRoutes(FetchSource fetchSource, WriteManifest writeManifest) {
    this.fetchSource = fetchSource;
    this.writeManifest = writeManifest;
  }

  @Override
  public void configure() {
    fetch();
    manifest();
    putObject();
  }

  private void fetch() {
    from(direct("fetch-source"))
        .routeId("fetch-source")
        .process(
            exchange ->
                fetchSource.fetch(
                    RunExchange.run(exchange), () -> exchange.getContext().isStopping()));

    from(direct("end-fetch"))
        .routeId("end-fetch")
        .process(exchange -> fetchSource.end(RunExchange.run(exchange)));
  }

  /** COLLECTED to QUEUED: writes the manifest of the objects that the run reads. */
  private void manifest() {
    from(direct("write-manifest"))
        .routeId("write-manifest")
        .setBody(
            exchange ->
                writeManifest.manifest(RunExchange.action(exchange, Action.WriteManifest.class)))
        .to(direct("put-object"))
        .process(
            exchange ->
                writeManifest.queued(RunExchange.action(exchange, Action.WriteManifest.class)));
  }

  private void putObject() {
    from(direct("put-object"))
        .routeId("put-object")
        .process(exchange -> address(exchange, body(exchange, ObjectToPut.class)))
        .to(putsObject())
        .removeHeaders("CamelAwsS3*");
  }
}
