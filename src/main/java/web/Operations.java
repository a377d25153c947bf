package web;

import api.RunOperation;
import java.util.Optional;

/** What operators do on the pages: the questions, and where each leads back to. */
final class Operations {

  private Operations() {}

  /** The question about a run. */
  static Confirmation ofRun(RunOperation operation, String run) {
    String path = "/runs/%s/%s".formatted(run, operation.verb());
    String back = "/runs/" + run;
    return switch (operation) {
      case CANCEL ->
          question(
              "Cancel run %s?".formatted(run),
              "Its cluster is terminated and nothing of it is loaded. It is cancelled once EMR says that the cluster is gone; then its objects can be replayed.",
              "Cancel the run",
              path,
              back,
              operation.isRisky());
      case RETRY ->
          question(
              "Retry run %s?".formatted(run),
              "It continues from the action that failed: only the load if Spark had succeeded, else on a new cluster.",
              "Retry the run",
              path,
              back,
              operation.isRisky());
      case REPLAY ->
          question(
              "Replay run %s?".formatted(run),
              "A new run takes over all of its objects and begins from the start, on a new cluster.",
              "Replay the run",
              path,
              back,
              operation.isRisky());
      case DISCARD ->
          question(
              "Discard what run %s wrote?".formatted(run),
              "Its rows are taken out of the table and its curated files are deleted. Then it is cancelled and can be replayed.",
              "Discard what it wrote",
              path,
              back,
              operation.isRisky());
    };
  }

  /** The question about a pipeline. */
  static Confirmation ofPipeline(PipelineOperation operation, String pipeline) {
    String path = "/pipelines/%s/%s".formatted(pipeline, operation.verb());
    String back = "/pipelines/" + pipeline;
    return switch (operation) {
      case START ->
          question(
              "Start %s?".formatted(pipeline),
              "A run begins at once: over what waits in its landing prefix, or, where its runs fetch their object, over what they fetch.",
              "Start a run",
              path,
              back,
              false);
      case PAUSE ->
          question(
              "Pause %s?".formatted(pipeline),
              "No run begins until it is resumed. Objects that land are written down and wait. Runs that have begun go on to their end.",
              "Pause the pipeline",
              path,
              back,
              true);
      case RESUME ->
          question(
              "Resume %s?".formatted(pipeline),
              "What has landed meanwhile is taken as usual, and its schedule is followed again.",
              "Resume the pipeline",
              path,
              back,
              false);
    };
  }

  /** The question about a backfill. */
  static Confirmation ofBackfill(BackfillOperation operation, String backfill, String pipeline) {
    String path = "/backfills/%s/%s".formatted(backfill, operation.verb());
    String back = "/pipelines/" + pipeline;
    return switch (operation) {
      case CANCEL ->
          question(
              "Cancel backfill %s?".formatted(backfill),
              "It starts no more runs; those that it has started continue. Objects that no run has taken are left for another backfill.",
              "Cancel the backfill",
              path,
              back,
              true);
      case PASS_OVER ->
          question(
              "Pass over the failed runs of backfill %s?".formatted(backfill),
              "It continues although runs of it have failed or were cancelled; these keep their objects. The next such run stops it again.",
              "Pass them over",
              path,
              back,
              false);
    };
  }

  /** What was just done to a run. */
  static String said(RunOperation operation) {
    return switch (operation) {
      case CANCEL -> "The cancellation is requested.";
      case DISCARD -> "What the run wrote is being taken out of the table.";
      case RETRY -> "The run continues.";
      case REPLAY -> "This run replays the other one's objects.";
    };
  }

  /** What was just done to a pipeline. */
  static String said(PipelineOperation operation) {
    return switch (operation) {
      case START -> "Started.";
      case PAUSE -> "The pipeline is paused.";
      case RESUME -> "The pipeline is resumed.";
    };
  }

  /** What was just done to a backfill. */
  static String said(BackfillOperation operation) {
    return switch (operation) {
      case CANCEL -> "The backfill is cancelled.";
      case PASS_OVER -> "The backfill continues.";
    };
  }

  private static Confirmation question(
      String question, String effect, String word, String path, String back, boolean risky) {
    return new Confirmation(
        question, effect, word, path, back, risky, Optional.empty(), Optional.empty());
  }
}
