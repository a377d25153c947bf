package curated;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a pipeline's curated files go.
 *
 * @param bucket the bucket
 * @param prefix the table's prefix, ends with a slash
 * @param files the exact number of files per run, or the most in each folder
 * @param targetFileBytes otherwise the size of a file, from which their number follows
 * @param partitionBy columns whose values become folders, in their order
 * @param keepFor how long files stay after no table needs them any more; absent: for ever
 */
public record CuratedSettings(
    String bucket,
    String prefix,
    Optional<Integer> files,
    Optional<Long> targetFileBytes,
    List<String> partitionBy,
    Optional<Duration> keepFor) {}
