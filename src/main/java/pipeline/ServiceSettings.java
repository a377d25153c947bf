package pipeline;

import java.time.Duration;

/**
 * The service's own pace; what concerns one pipeline is in {@link Pipeline}.
 *
 * @param installation names this installation in its clusters' names and tags; two services in one
 *     AWS account must differ here
 * @param tick how often due runs are looked for; a finished action does not wait for it
 * @param clusterPoll how often EMR is asked for all clusters at once
 * @param stepPoll how often a running cluster's steps are looked at, for progress only
 * @param clusterVisibility how long EMR may take to list a new cluster; after a lost answer to
 *     RunJobFlow its name is looked for during this time
 * @param maxClusters how many clusters there may be at once; further runs wait in the launch queue
 * @param giveUpAfter how long one action of a run is repeated while S3, EMR or Snowflake does not
 *     do what it is asked
 * @param probe how often the outside services are probed for the health group {@code dependencies}
 */
public record ServiceSettings(
    String installation,
    Duration tick,
    Duration clusterPoll,
    Duration stepPoll,
    Duration clusterVisibility,
    int maxClusters,
    Duration giveUpAfter,
    Duration probe) {}
