package localcloud.s3;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import localcloud.faults.Call;
import localcloud.faults.Service;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.util.Fields;

/**
 * Which operation of S3 an HTTP request is, by method, path and sub-resource.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html">Amazon
 *     S3: Actions</a>
 */
final class S3Call {
  private final String method;
  private final String bucket;
  private final Optional<String> key;
  private final Fields query;
  private final boolean copies;

  private S3Call(Request request) {
    String[] path = request.getHttpURI().getPath().split("/", 3);
    this.method = request.getMethod();
    this.bucket = path.length > 1 ? decoded(path[1]) : "";
    this.key =
        path.length > 2 && !path[2].isEmpty() ? Optional.of(decoded(path[2])) : Optional.empty();
    this.query = Request.extractQueryParameters(request);
    this.copies = request.getHeaders().contains("x-amz-copy-source");
  }

  /** The detail is bucket/key, for a listing bucket/prefix, otherwise the bucket. */
  static Call of(Request request) {
    S3Call call = new S3Call(request);
    String operation = call.operation();
    boolean lists = operation.startsWith("ListObject");
    String detail =
        call.key
            .or(() -> Optional.ofNullable(call.query.getValue("prefix")))
            .or(() -> lists ? Optional.of("") : Optional.empty())
            .map(rest -> call.bucket + "/" + rest)
            .orElse(call.bucket);
    return new Call(Service.S3, operation, detail);
  }

  private static String decoded(String path) {
    try {
      // In a path, unlike in a form, a plus is itself.
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // S3Proxy itself refuses it.
      return path;
    }
  }

  private String operation() {
    if (bucket.isEmpty()) {
      return "ListBuckets";
    }
    return key.isEmpty() ? ofBucket() : ofObject();
  }

  private String ofBucket() {
    return switch (method) {
      case "GET" -> read();
      case "HEAD" -> "HeadBucket";
      case "PUT" -> subresource("Put").orElse("CreateBucket");
      case "DELETE" -> subresource("Delete").orElse("DeleteBucket");
      case "POST" -> has("delete") ? "DeleteObjects" : method;
      default -> method;
    };
  }

  private String read() {
    if (has("uploads")) {
      return "ListMultipartUploads";
    }
    if (has("versions")) {
      return "ListObjectVersions";
    }
    return subresource("Get").orElse(has("list-type") ? "ListObjectsV2" : "ListObjects");
  }

  private Optional<String> subresource(String verb) {
    for (String name : new String[] {"acl", "encryption", "location", "policy", "versioning"}) {
      if (has(name)) {
        return Optional.of(
            verb + "Bucket" + Character.toUpperCase(name.charAt(0)) + name.substring(1));
      }
    }
    return Optional.empty();
  }

  private String ofObject() {
    boolean upload = has("uploadId");
    return switch (method) {
      case "GET" ->
          upload ? "ListParts" : has("acl") ? "GetObjectAcl" : attributes().orElse("GetObject");
      case "HEAD" -> "HeadObject";
      case "PUT" -> upload ? part() : has("acl") ? "PutObjectAcl" : put();
      case "POST" -> has("uploads") ? "CreateMultipartUpload" : completion(upload);
      case "DELETE" -> upload ? "AbortMultipartUpload" : "DeleteObject";
      default -> method;
    };
  }

  private Optional<String> attributes() {
    return has("attributes") ? Optional.of("GetObjectAttributes") : Optional.empty();
  }

  private String part() {
    return copies ? "UploadPartCopy" : "UploadPart";
  }

  private String put() {
    return copies ? "CopyObject" : "PutObject";
  }

  private String completion(boolean upload) {
    return upload ? "CompleteMultipartUpload" : method;
  }

  private boolean has(String parameter) {
    return query.get(parameter) != null;
  }
}
