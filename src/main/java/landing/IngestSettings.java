package landing;

/**
 * What a pipeline's runs fetch before they transform it.
 *
 * @param url where it is: http or https, without credentials
 * @param name what the object is called, the last part of its key
 * @param maxBytes a source that has more fails
 */
public record IngestSettings(String url, String name, long maxBytes) {}
