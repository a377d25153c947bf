package batch;

/**
 * New landed objects are in the store.
 *
 * @param pipeline their pipeline
 * @param objects how many there are
 */
public record ObjectsLanded(String pipeline, int objects) {}
