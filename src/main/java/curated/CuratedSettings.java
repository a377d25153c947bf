package curated;

import java.util.Optional;

/**
 * Where a pipeline's curated files go.
 *
 * @param bucket the bucket
 * @param prefix the table's prefix, ends with a slash
 * @param files exactly so many files a run
 * @param targetFileBytes otherwise as many as give files of about that size
 */
public record CuratedSettings(
    String bucket, String prefix, Optional<Integer> files, Optional<Long> targetFileBytes) {}
