package web;

import java.util.Optional;

/** What operators do on the pages: the questions, and where each leads back to. */
final class Operations {

  private Operations() {}

  /** The question about a run; empty for a word that is no operation. */
  static Optional<Confirmation> ofRun(String verb, String run) {
    String path = "/runs/%s/%s".formatted(run, verb);
    String back = "/runs/" + run;
    return switch (verb) {
      case "cancel" ->
          question(
              "Cancel run %s?".formatted(run),
              "Its cluster is terminated and nothing of it is loaded. It is cancelled once EMR says that the cluster is gone; then its objects can be replayed.",
              "Cancel the run",
              path,
              back,
              true);
      case "retry" ->
          question(
              "Retry run %s?".formatted(run),
              "It continues from the action that failed: only the load if Spark had succeeded, else on a new cluster.",
              "Retry the run",
              path,
              back,
              false);
      case "replay" ->
          question(
              "Replay run %s?".formatted(run),
              "A new run takes over all of its objects and begins from the start, on a new cluster.",
              "Replay the run",
              path,
              back,
              false);
      case "discard" ->
          question(
              "Discard what run %s wrote?".formatted(run),
              "Its rows are taken out of the table and its curated files are deleted. Then it is cancelled and can be replayed.",
              "Discard what it wrote",
              path,
              back,
              true);
      default -> Optional.empty();
    };
  }

  /** The question about a pipeline; empty for a word that is no operation. */
  static Optional<Confirmation> ofPipeline(String verb, String pipeline) {
    String path = "/pipelines/%s/%s".formatted(pipeline, verb);
    String back = "/pipelines/" + pipeline;
    return switch (verb) {
      case "start" ->
          question(
              "Start %s?".formatted(pipeline),
              "A run begins at once: over what waits in its landing prefix, or, where its runs fetch their object, over what they fetch.",
              "Start a run",
              path,
              back,
              false);
      case "pause" ->
          question(
              "Pause %s?".formatted(pipeline),
              "No run begins until it is resumed. Objects that land are written down and wait. Runs that have begun go on to their end.",
              "Pause the pipeline",
              path,
              back,
              true);
      case "resume" ->
          question(
              "Resume %s?".formatted(pipeline),
              "What has landed meanwhile is taken as usual, and its schedule is followed again.",
              "Resume the pipeline",
              path,
              back,
              false);
      default -> Optional.empty();
    };
  }

  /** The question about a backfill; empty for a word that is no operation. */
  static Optional<Confirmation> ofBackfill(String verb, String backfill, String pipeline) {
    String path = "/backfills/%s/%s".formatted(backfill, verb);
    String back = "/pipelines/" + pipeline;
    return switch (verb) {
      case "cancel" ->
          question(
              "Cancel backfill %s?".formatted(backfill),
              "It starts no more runs; those that it has started continue. Objects that no run has taken are left for another backfill.",
              "Cancel the backfill",
              path,
              back,
              true);
      case "pass-over" ->
          question(
              "Pass over the failed runs of backfill %s?".formatted(backfill),
              "It continues although runs of it have failed or were cancelled; these keep their objects. The next such run stops it again.",
              "Pass them over",
              path,
              back,
              false);
      default -> Optional.empty();
    };
  }

  private static Optional<Confirmation> question(
      String question, String effect, String word, String path, String back, boolean risky) {
    return Optional.of(
        new Confirmation(question, effect, word, path, back, risky, Optional.empty()));
  }
}
