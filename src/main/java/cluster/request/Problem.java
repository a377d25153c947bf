package cluster.request;

/**
 * Something in the configuration with which no cluster can be asked for.
 *
 * @param property which, below the pipeline: {@code cluster.request}
 * @param text what is wrong and the way out, to be read after the property
 */
public record Problem(String property, String text) {}
