package batch;

/**
 * New landed objects are in the store.
 *
 * @param pipeline whose they are
 * @param objects how many
 */
public record ObjectsLanded(String pipeline, int objects) {}
