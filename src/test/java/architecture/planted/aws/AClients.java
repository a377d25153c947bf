package architecture.planted.aws;

/** Known by others. */
public final class AClients {}
