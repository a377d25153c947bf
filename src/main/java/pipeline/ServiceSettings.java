package pipeline;

import java.time.Duration;

/**
 * The settings of the service as a whole; those of one pipeline are in {@link Pipeline}.
 *
 * @param installation the name of this installation in its clusters' names and tags; two services
 *     in one AWS account must differ here
 * @param tick how often the service looks for due runs; a finished action does not wait for it
 * @param clusterPoll how often all clusters are listed
 * @param stepPoll how often a running cluster's steps are listed, for progress only
 * @param clusterVisibility how long EMR may take to list a new cluster; after a lost answer to
 *     RunJobFlow the service looks for its name during this time
 * @param maxClusters how many clusters may exist at once; further runs wait in the launch queue
 * @param giveUpAfter how long one action of a run is repeated while S3, EMR or Snowflake does not
 *     do what the service asks
 * @param probe how often the outside services are probed for the health group {@code dependencies}
 * @param maxWatchers how many streams of events may be open at once
 */
public record ServiceSettings(
    String installation,
    Duration tick,
    Duration clusterPoll,
    Duration stepPoll,
    Duration clusterVisibility,
    int maxClusters,
    Duration giveUpAfter,
    Duration probe,
    int maxWatchers) {}
