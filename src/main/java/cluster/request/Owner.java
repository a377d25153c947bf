package cluster.request;

/**
 * The owner of a cluster, from its tags. Two services that share an installation's name by mistake
 * still have different run stores.
 *
 * @param installation the installation's name
 * @param store the id of the run store that knows its attempt
 */
public record Owner(String installation, String store) {}
