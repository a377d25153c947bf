package batch;

/**
 * Landed objects that no run will take.
 *
 * @param pipeline whose they are
 * @param objects how many
 */
public record ObjectsSetAside(String pipeline, int objects) {}
