package ingest;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import run.Upload;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Part;

/**
 * The way of one object into S3, in parts. S3 compares the SHA-256 of each.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html">Uploading
 *     and copying objects using multipart upload</a>
 */
final class PartsUpload {

  /** S3 may take minutes to complete an upload with many parts, as its API reference says. */
  private static final Duration LONGEST_COMPLETION = Duration.ofMinutes(10);

  private static final String SHA_256 = "SHA-256";

  private final S3Client s3;
  private final String bucket;
  private final String key;
  private final List<CompletedPart> parts = new ArrayList<>();
  private Optional<String> id = Optional.empty();
  private Optional<String> validator = Optional.empty();
  private Optional<MessageDigest> digest = Optional.of(sha256());
  private long size;

  PartsUpload(S3Client s3, String bucket, String key) {
    this.s3 = s3;
    this.bucket = bucket;
    this.key = key;
  }

  /**
   * An upload that another process has begun. Only the size of what it read is known, so {@link
   * #sha256} is empty.
   *
   * @param partBytes of each part but the last
   * @throws software.amazon.awssdk.services.s3.model.NoSuchUploadException if S3 no longer has it
   */
  static PartsUpload resumed(S3Client s3, Upload noted, int partBytes) {
    PartsUpload upload = new PartsUpload(s3, noted.bucket(), noted.key());
    upload.id = Optional.of(noted.id());
    upload.validator = noted.validator();
    upload.digest = Optional.empty();
    s3
        .listPartsPaginator(
            request -> request.bucket(noted.bucket()).key(noted.key()).uploadId(noted.id()))
        .parts()
        .stream()
        .forEach(part -> upload.known(part, partBytes));
    return upload;
  }

  /**
   * A short part is the last, and a source cannot be asked to continue from its own end. S3 needs
   * each part's checksum to complete the upload; if a store does not list it, the part is sent
   * again.
   */
  private void known(Part part, int partBytes) {
    boolean isNext = part.size() == partBytes && part.partNumber() == parts.size() + 1;
    if (isNext && part.checksumSHA256() != null) {
      parts.add(
          CompletedPart.builder()
              .partNumber(part.partNumber())
              .eTag(part.eTag())
              .checksumSHA256(part.checksumSHA256())
              .build());
      size += part.size();
    }
  }

  /** How many bytes of the object S3 has. */
  long size() {
    return size;
  }

  /** The version of the source that these parts belong to. */
  Optional<String> validator() {
    return validator;
  }

  /** What must be recorded to resume after a crash; empty while S3 has nothing. */
  Optional<Upload> upload() {
    return id.map(known -> new Upload(bucket, key, known, validator));
  }

  /** Drops what S3 has: the object starts again, with that version, in another upload. */
  void startOver(Optional<String> version) {
    id = Optional.empty();
    parts.clear();
    size = 0;
    validator = version;
    digest = Optional.of(sha256());
  }

  /** Begins the upload, before the first part. */
  void begin() {
    id =
        Optional.of(
            s3.createMultipartUpload(
                    request ->
                        request.bucket(bucket).key(key).checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .uploadId());
  }

  /** Sends a part; it counts once S3 has it. */
  void add(byte[] bytes, int length) {
    parts.add(sent(bytes, length));
    digest.ifPresent(hash -> hash.update(bytes, 0, length));
    size += length;
  }

  private CompletedPart sent(byte[] bytes, int length) {
    int number = parts.size() + 1;
    String checksum = checksum(bytes, length);
    String etag =
        s3.uploadPart(
                request ->
                    request
                        .bucket(bucket)
                        .key(key)
                        .uploadId(id.orElseThrow())
                        .partNumber(number)
                        .checksumSHA256(checksum),
                body(bytes, length))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(etag).checksumSHA256(checksum).build();
  }

  /** The SHA-256 of all parts and that rest, in hex digits; empty for one that was resumed. */
  Optional<String> sha256(byte[] rest, int length) {
    return digest.map(
        hash -> {
          MessageDigest whole = copy(hash);
          whole.update(rest, 0, length);
          return HexFormat.of().formatHex(whole.digest());
        });
  }

  /**
   * Completes the object from all parts and that rest. The rest is not counted: if S3 fails here,
   * the source still has something to continue with.
   */
  void complete(byte[] rest, int length) {
    if (parts.isEmpty()) {
      String checksum = checksum(rest, length);
      s3.putObject(
          request -> request.bucket(bucket).key(key).checksumSHA256(checksum), body(rest, length));
      return;
    }
    List<CompletedPart> all = new ArrayList<>(parts);
    if (length > 0) {
      all.add(sent(rest, length));
    }
    s3.completeMultipartUpload(
        request ->
            request
                .bucket(bucket)
                .key(key)
                .uploadId(id.orElseThrow())
                .multipartUpload(whole -> whole.parts(all))
                .overrideConfiguration(call -> call.apiCallTimeout(LONGEST_COMPLETION)));
  }

  private static RequestBody body(byte[] bytes, int length) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, 0, length), length, "application/octet-stream");
  }

  private static String checksum(byte[] bytes, int length) {
    MessageDigest hash = sha256();
    hash.update(bytes, 0, length);
    return Base64.getEncoder().encodeToString(hash.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance(SHA_256);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has " + SHA_256, e);
    }
  }

  private static MessageDigest copy(MessageDigest hash) {
    try {
      return (MessageDigest) hash.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("Java's own " + SHA_256 + " can be copied", e);
    }
  }
}
