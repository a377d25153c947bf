package curated;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a pipeline's curated files go.
 *
 * @param bucket the bucket
 * @param prefix the table's prefix, ends with a slash
 * @param files exactly so many files a run, or of each folder
 * @param targetFileBytes otherwise as many as give files of about that size
 * @param partitionBy columns whose values become folders, in their order
 * @param keepFor how long files stay that no table needs any more; absent: for ever
 */
public record CuratedSettings(
    String bucket,
    String prefix,
    Optional<Integer> files,
    Optional<Long> targetFileBytes,
    List<String> partitionBy,
    Optional<Duration> keepFor) {}
