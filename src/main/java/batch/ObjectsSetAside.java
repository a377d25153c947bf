package batch;

/**
 * Landed objects that no run will take.
 *
 * @param pipeline their pipeline
 * @param objects how many there are
 */
public record ObjectsSetAside(String pipeline, int objects) {}
