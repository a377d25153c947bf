package architecture.planted.pipeline;

/** Known by others. */
public final class APipeline {}
