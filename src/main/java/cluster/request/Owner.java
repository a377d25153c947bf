package cluster.request;

/**
 * Whose a cluster is, as its tags say. Two services that share an installation's name by mistake
 * still have a run store each.
 *
 * @param installation the installation's name
 * @param store the id of the run store that knows its attempt
 */
public record Owner(String installation, String store) {}
