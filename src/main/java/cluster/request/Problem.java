package cluster.request;

/**
 * A mistake in the configuration of clusters.
 *
 * @param property the property below the pipeline: {@code cluster.request}
 * @param text what is wrong and the way out, as the rest of a sentence that begins with the
 *     property
 */
public record Problem(String property, String text) {}
