package localcloud.s3;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * S3Proxy's file system backend, less one leak: it writes an object into {@code <key>-<uuid>}
 * beside its place and renames it when it is complete, and a listing meanwhile shows that file. An
 * S3 object appears whole or not at all, so such names are left out of listings while a write of
 * their key is under way.
 */
final class BucketFolders extends ForwardingBlobStore {
  private static final Pattern UNFINISHED =
      Pattern.compile(
          "(.+)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.DOTALL);

  private record Place(String bucket, String key) {}

  private final Path root;
  private final ConcurrentMap<Place, Integer> writes = new ConcurrentHashMap<>();

  BucketFolders(BlobStore backend, Path root) {
    super(backend);
    this.root = root;
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    return writing(
        new Place(request.bucket(), request.key()), () -> super.putBlob(request, payload));
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    return writing(
        new Place(request.destinationBucket(), request.destinationKey()),
        () -> super.copyBlob(request));
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    return writing(
        new Place(upload.containerName(), upload.blobName()),
        () -> super.completeMultipartUpload(upload, request));
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
   * Asks for writes under way first and for the file second: a write that has ended by the first
   * question has removed its file by the second.
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
