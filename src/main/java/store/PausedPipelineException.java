package store;

/** A run was to begin, and its pipeline is paused. */
public final class PausedPipelineException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  PausedPipelineException(String pipeline, PausedPipelines.Pause pause) {
    super(
        "Cannot start a run of pipeline %1$s: it is paused since %2$s by %3$s%4$s; resume it (POST /api/pipelines/%1$s/resume)"
            .formatted(
                pipeline,
                pause.since(),
                pause.by(),
                pause.reason().map(" (%s)"::formatted).orElse("")));
  }
}
