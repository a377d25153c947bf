package testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An S3 whose buckets have the same objects: it keeps their sizes in memory, lists them and deletes
 * them. Their ETags are those of {@link Iris#object}.
 */
public final class KeptObjects implements S3Client {

  private final Map<String, Long> sizes = new ConcurrentSkipListMap<>();

  /** An object of that size in bytes is there. */
  public void put(String key, long size) {
    sizes.put(key, size);
  }

  /** What is there now. */
  public List<String> keys() {
    return List.copyOf(sizes.keySet());
  }

  @Override
  public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
    return ListObjectsV2Response.builder()
        .isTruncated(false)
        .contents(
            sizes.entrySet().stream()
                .filter(object -> object.getKey().startsWith(request.prefix()))
                .map(
                    object ->
                        S3Object.builder().key(object.getKey()).size(object.getValue()).build())
                .toList())
        .build();
  }

  @Override
  public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
    request.delete().objects().forEach(object -> sizes.remove(object.key()));
    return DeleteObjectsResponse.builder().build();
  }

  @Override
  public HeadBucketResponse headBucket(HeadBucketRequest request) {
    return HeadBucketResponse.builder().build();
  }

  @Override
  public HeadObjectResponse headObject(HeadObjectRequest request) {
    if (!sizes.containsKey(request.key())) {
      throw NoSuchKeyException.builder().statusCode(404).build();
    }
    return HeadObjectResponse.builder()
        .eTag(Iris.object(request.key(), 1, Iris.NOON).etag())
        .contentLength(sizes.get(request.key()))
        .build();
  }

  @Override
  public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
    sizes.remove(request.key());
    return DeleteObjectResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
