package localcloud.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.s3.S3Events.Cause;
import localcloud.s3.S3Events.Created;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * S3Proxy's file system backend, with reports of created objects and one correction: it writes an
 * object to {@code <key>-<uuid>} beside its place and renames it when it is complete, and a listing
 * meanwhile would show that file. An S3 object appears completely or not at all, so such names are
 * left out of listings while their key is being written.
 */
final class BucketFolders extends ForwardingBlobStore {
  private static final Pattern UNFINISHED =
      Pattern.compile(
          "(.+)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.DOTALL);

  /** S3Proxy's files of an unfinished multipart upload are no objects. */
  private static final String OF_S3PROXY = ".s3proxy-";

  private record Place(String bucket, String key) {}

  private final Path root;
  private final ConcurrentMap<Place, Integer> writes = new ConcurrentHashMap<>();
  private volatile Consumer<Created> told = created -> {};

  BucketFolders(BlobStore backend, Path root) {
    super(backend);
    this.root = root;
  }

  /** Reports each object that is created from now on, once it is complete. */
  void tell(Consumer<Created> listener) {
    told = listener;
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    Place place = new Place(request.bucket(), request.key());
    PutObjectResponse put = writing(place, () -> super.putBlob(request, payload));
    created(Cause.PUT, place, put.eTag());
    return put;
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    Place place = new Place(request.destinationBucket(), request.destinationKey());
    CopyObjectResponse copy = writing(place, () -> super.copyBlob(request));
    created(Cause.COPY, place, copy.copyObjectResult().eTag());
    return copy;
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    Place place = new Place(upload.containerName(), upload.blobName());
    CompleteMultipartUploadResponse complete =
        writing(place, () -> super.completeMultipartUpload(upload, request));
    created(Cause.MULTIPART, place, complete.eTag());
    return complete;
  }

  private void created(Cause cause, Place place, String etag) {
    if (place.key().startsWith(OF_S3PROXY)) {
      return;
    }
    Path file = root.resolve(place.bucket()).resolve(place.key());
    try {
      told.accept(new Created(cause, place.bucket(), place.key(), etag, Files.size(file)));
    } catch (IOException e) {
      // It was deleted meanwhile, so there is nothing to report.
    }
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    ListObjectsV2Response found = super.list(request);
    List<S3Object> whole =
        found.contents().stream().filter(o -> isWhole(request.bucket(), o.key())).toList();
    return whole.size() == found.contents().size()
        ? found
        : found.toBuilder().contents(whole).build();
  }

  /**
   * Checks for unfinished writes first and for the file second: a write that has ended by the first
   * check has removed its file by the second.
   */
  private boolean isWhole(String bucket, String key) {
    Matcher unfinished = UNFINISHED.matcher(key);
    if (!unfinished.matches()) {
      return true;
    }
    return !writes.containsKey(new Place(bucket, unfinished.group(1)))
        && Files.exists(root.resolve(bucket).resolve(key));
  }

  private <T> T writing(Place place, Supplier<T> write) {
    writes.merge(place, 1, Integer::sum);
    try {
      return write.get();
    } finally {
      writes.computeIfPresent(place, (p, n) -> n == 1 ? null : n - 1);
    }
  }
}
