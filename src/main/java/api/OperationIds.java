package api;

import java.util.Map;

/** What a generated client calls the API's operations. */
final class OperationIds {

  private static final Map<String, String> BY_PLACE =
      Map.ofEntries(
          Map.entry("AuditResource_newest", "listAuditEntries"),
          Map.entry("BackfillsResource_cancel", "cancelBackfill"),
          Map.entry("BackfillsResource_one", "getBackfill"),
          Map.entry("BackfillsResource_passOver", "passOverBackfill"),
          Map.entry("CallerResource_caller", "getCaller"),
          Map.entry("ClustersResource_all", "listClusters"),
          Map.entry("DependenciesResource_all", "listDependencies"),
          Map.entry("EventsResource_events", "followEvents"),
          Map.entry("OrphanClustersResource_all", "listOrphanClusters"),
          Map.entry("PauseResource_pause", "pausePipeline"),
          Map.entry("PipelineBackfillsResource_begin", "beginBackfill"),
          Map.entry("PipelineBackfillsResource_newest", "listBackfills"),
          Map.entry("PipelinesResource_all", "listPipelines"),
          Map.entry("PipelinesResource_configuration", "getPipelineConfiguration"),
          Map.entry("PipelinesResource_history", "getPipelineHistory"),
          Map.entry("PipelinesResource_one", "getPipeline"),
          Map.entry("PipelinesResource_plan", "getPipelinePlan"),
          Map.entry("PipelinesResource_setAside", "listSetAsideObjects"),
          Map.entry("PipelinesResource_waiting", "listWaitingObjects"),
          Map.entry("ResumeResource_resume", "resumePipeline"),
          Map.entry("RunsResource_cancel", "cancelRun"),
          Map.entry("RunsResource_discard", "discardRun"),
          Map.entry("RunsResource_list", "listRuns"),
          Map.entry("RunsResource_objects", "listRunObjects"),
          Map.entry("RunsResource_one", "getRun"),
          Map.entry("RunsResource_replay", "replayRun"),
          Map.entry("RunsResource_retry", "retryRun"),
          Map.entry("StartResource_start", "startRun"));

  private OperationIds() {}

  /**
   * An operation's id.
   *
   * @param place class and method, as {@code StartResource_start}
   * @throws IllegalStateException if it has none yet, so that the build says so
   */
  static String of(String place) {
    String id = BY_PLACE.get(place);
    if (id == null) {
      throw new IllegalStateException(
          "Cannot describe the operation %s: it has no id; add a verb and its object to OperationIds"
              .formatted(place));
    }
    return id;
  }
}
