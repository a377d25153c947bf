package ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import run.FailureKind;
import run.Upload;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

/**
 * Streams a URL into S3, with one part in memory at a time. An interrupted fetch continues where it
 * stopped, even after a restart, if the source supports that and still has the same version.
 */
@ApplicationScoped
public class Fetching {

  private static final int NOT_WANTED = -1;

  private final S3Client s3;
  private final Source source;

  /** The interrupted uploads of this process, by S3's upload id. */
  private final int partBytes;

  private final Map<String, PartsUpload> brokenOff = new ConcurrentHashMap<>();

  @Inject
  Fetching(S3Client s3, Source source) {
    this(s3, source, IngestSettings.PART);
  }

  /**
   * Fetches in other parts than production's.
   *
   * @param partBytes of each part but the last; S3 takes no less than 5 MiB (Amazon S3 User Guide,
   *     "Multipart upload limits")
   */
  Fetching(S3Client s3, Source source, int partBytes) {
    this.s3 = s3;
    this.source = source;
    this.partBytes = partBytes;
  }

  /**
   * What to fetch, and where to put it.
   *
   * @param from the source, and its requirements
   * @param bucket the bucket of the object
   * @param key the key of the object
   */
  public record Order(IngestSettings from, String bucket, String key) {}

  /**
   * A complete object.
   *
   * @param etag its ETag, without quotes
   * @param size its size in bytes
   */
  public record Fetched(String etag, long size) {}

  /** What the caller records for a fetch, and whether to continue. */
  public interface Notes {

    /** Records that S3 now has that upload, or none. */
    void note(Optional<Upload> upload);

    /** S3 has another part. */
    void progressed();

    /** Whether to continue; asked whenever some bytes have arrived. */
    boolean isWanted();
  }

  /**
   * Fetches the object, or the rest of it. A source that breaks the connection is asked again at
   * once, as long as it delivers at least a part each time.
   *
   * @param noted the last recorded upload
   * @return empty if the fetch was stopped
   * @throws RefusedSource if the source does not have what it should
   * @throws IOException if the source broke the connection; the next call continues
   */
  public Optional<Fetched> fetch(Order order, Optional<Upload> noted, Notes notes)
      throws IOException {
    PartsUpload upload;
    try {
      upload = begun(order, noted, notes);
    } catch (NoSuchUploadException e) {
      return afterItsEnd(order, notes);
    }
    if (upload.upload().isPresent() && upload.size() == 0) {
      // Not every store reports that an upload is gone; it may list no parts of it instead.
      Optional<Fetched> there = find(order);
      if (there.isPresent()) {
        upload.upload().ifPresent(this::abort);
        return there;
      }
    }
    byte[] part = new byte[partBytes];
    while (true) {
      long before = upload.size();
      try {
        return fetch(order, upload, part, notes);
      } catch (NoSuchUploadException e) {
        forget(upload);
        return afterItsEnd(order, notes);
      } catch (IOException e) {
        if (upload.size() <= before) {
          throw e;
        }
      }
    }
  }

  /** Aborts an upload in S3; an upload that S3 no longer has is no error. */
  public void abort(Upload upload) {
    brokenOff.remove(upload.id());
    try {
      s3.abortMultipartUpload(
          request -> request.bucket(upload.bucket()).key(upload.key()).uploadId(upload.id()));
    } catch (NoSuchUploadException e) {
      brokenOff.remove(upload.id());
    }
  }

  private PartsUpload begun(Order order, Optional<Upload> noted, Notes notes) {
    boolean isSame =
        noted
            .filter(last -> last.bucket().equals(order.bucket()) && last.key().equals(order.key()))
            .isPresent();
    if (!isSame) {
      noted.ifPresent(
          other -> {
            abort(other);
            notes.note(Optional.empty());
          });
      return new PartsUpload(s3, order.bucket(), order.key());
    }
    PartsUpload known = brokenOff.get(noted.get().id());
    if (known != null) {
      return known;
    }
    PartsUpload resumed = PartsUpload.resumed(s3, noted.get(), partBytes);
    if (order.from().sha256().isPresent()) {
      // The hash of what the earlier process has read is lost.
      startOver(resumed, Optional.empty(), notes);
    }
    return resumed;
  }

  /** An upload has parts of one version only: with another version, it is aborted. */
  private void startOver(PartsUpload upload, Optional<String> version, Notes notes) {
    Optional<Upload> before = upload.upload();
    upload.startOver(version);
    if (before.isPresent()) {
      try {
        abort(before.get());
      } finally {
        notes.note(Optional.empty());
      }
    }
  }

  private Optional<Fetched> fetch(Order order, PartsUpload upload, byte[] part, Notes notes)
      throws IOException {
    IngestSettings from = order.from();
    try (SourceResponse answer = source.open(from.url(), upload.size(), upload.validator())) {
      if (answer.from() == 0) {
        startOver(upload, answer.validator(), notes);
        refuseEncoded(from, answer);
      }
      limit(from, answer.total().orElse(0L));
      if (!answer.endIsCertain() && from.sha256().isEmpty()) {
        throw new RefusedSource(
            FailureKind.VALIDATION,
            "%s says neither how long its answer is nor where it ends, so it is unknown whether the answer is complete"
                .formatted(plain(from)));
      }
      int length = read(answer, part, notes);
      while (length == part.length) {
        limit(from, upload.size() + length);
        send(upload, part, notes);
        length = read(answer, part, notes);
      }
      return length == NOT_WANTED
          ? Optional.empty()
          : end(order, upload, answer, part, length, notes);
    }
  }

  /** A source may trickle for days: a request to stop must not wait until a part is full. */
  private static int read(SourceResponse answer, byte[] part, Notes notes) throws IOException {
    int length = 0;
    int read = 0;
    while (read >= 0 && length < part.length) {
      if (!notes.isWanted()) {
        return NOT_WANTED;
      }
      read = answer.body().read(part, length, part.length - length);
      length += Math.max(0, read);
    }
    return length;
  }

  /** A compressed response must have a name with that ending, because Spark goes by the name. */
  private static void refuseEncoded(IngestSettings from, SourceResponse answer) {
    boolean isAsNamed =
        answer
            .encoding()
            .filter(encoding -> !encoding.equals("identity"))
            .filter(encoding -> !encoding.endsWith("gzip") || !from.name().endsWith(".gz"))
            .isEmpty();
    if (!isAsNamed) {
      throw new RefusedSource(
          FailureKind.VALIDATION,
          "%s is sent with Content-Encoding %s, which the object's name '%s' does not show (ingest.name)"
              .formatted(plain(from), answer.encoding().get(), from.name()));
    }
  }

  private void send(PartsUpload upload, byte[] part, Notes notes) {
    if (upload.upload().isEmpty()) {
      upload.begin();
      notes.note(upload.upload());
    }
    brokenOff.put(upload.upload().orElseThrow().id(), upload);
    upload.add(part, part.length);
    notes.progressed();
  }

  private Optional<Fetched> end(
      Order order, PartsUpload upload, SourceResponse answer, byte[] rest, int length, Notes notes)
      throws IOException {
    IngestSettings from = order.from();
    long size = upload.size() + length;
    limit(from, size);
    if (answer.total().filter(total -> total != size).isPresent()) {
      throw new IOException(
          "%s ended after %d of %d bytes".formatted(plain(from), size, answer.total().get()));
    }
    compare(from, upload.sha256(rest, length));
    if (!notes.isWanted()) {
      return Optional.empty();
    }
    upload.complete(rest, length);
    forget(upload);
    return Optional.of(there(order));
  }

  private static void compare(IngestSettings from, Optional<String> came) {
    if (from.sha256().isPresent() && !from.sha256().equals(came)) {
      throw new RefusedSource(
          FailureKind.DATA,
          "%s has the SHA-256 %s, and ingest.sha256 is %s"
              .formatted(plain(from), came.orElse("that is not known"), from.sha256().get()));
    }
  }

  private static void limit(IngestSettings from, long size) {
    if (size > from.maxBytes()) {
      throw new RefusedSource(
          FailureKind.DATA,
          "%s has %d bytes or more, and ingest.max-bytes is %d"
              .formatted(plain(from), size, from.maxBytes()));
    }
  }

  /**
   * S3 forgets an upload when it was completed, which happens only after everything was compared,
   * or when it was aborted.
   */
  private Optional<Fetched> afterItsEnd(Order order, Notes notes) throws IOException {
    Optional<Fetched> there = find(order);
    if (there.isEmpty()) {
      notes.note(Optional.empty());
      throw new IOException(
          "S3 has lost the upload of s3://%s/%s; starting again"
              .formatted(order.bucket(), order.key()));
    }
    return there;
  }

  private Optional<Fetched> find(Order order) {
    try {
      return Optional.of(there(order));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  /** With other stores, the answer to a completion may have another ETag than the object. */
  private Fetched there(Order order) {
    HeadObjectResponse head =
        s3.headObject(request -> request.bucket(order.bucket()).key(order.key()));
    return new Fetched(head.eTag().replace("\"", ""), head.contentLength());
  }

  private void forget(PartsUpload upload) {
    upload.upload().ifPresent(begun -> brokenOff.remove(begun.id()));
  }

  private static String plain(IngestSettings from) {
    return Source.plain(URI.create(from.url()));
  }
}
