package localcloud.snowflake.catalog;

import java.time.Instant;

/**
 * A file that a REFRESH made part of an external table.
 *
 * @param key its whole path in the bucket
 * @param size in bytes
 * @param lastModified when it was last written
 * @param md5 of its content, hexadecimal; also its ETag, as S3 has it for an object put in one part
 * @param registeredOn when the REFRESH ran
 */
public record RegisteredFile(
    String key, long size, Instant lastModified, String md5, Instant registeredOn) {}
