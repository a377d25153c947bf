package testing;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An S3 of one bucket that keeps the sizes of its objects in memory, and can list and delete. */
public final class KeptObjects implements S3Client {

  private final Map<String, Long> sizes = new TreeMap<>();

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
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
