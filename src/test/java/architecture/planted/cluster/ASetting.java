package architecture.planted.cluster;

/**
 * Data that everybody may know.
 *
 * @param value any
 */
public record ASetting(String value) {}
