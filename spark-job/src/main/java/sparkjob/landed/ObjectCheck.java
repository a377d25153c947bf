package sparkjob.landed;

import contract.Manifest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import sparkjob.cluster.Storage;
import sparkjob.failure.JobFailure;

/** Whether the objects are still those that the manifest names. */
public final class ObjectCheck {

  private ObjectCheck() {}

  /**
   * Compares each object's size, and its ETag if the file system provides it, with the manifest's.
   *
   * @throws JobFailure naming the first objects that differ or do not exist
   */
  public static void check(Manifest manifest, Storage storage) throws IOException {
    List<JobFailure> failures =
        Storage.forEach(manifest.objects(), object -> failure(object, storage)).stream()
            .filter(Objects::nonNull)
            .toList();
    if (!failures.isEmpty()) {
      List<String> objects = failures.stream().flatMap(f -> f.objects().stream()).toList();
      String others =
          failures.size() == 1 ? "" : " (and " + (failures.size() - 1) + " more objects)";
      throw JobFailure.data(failures.get(0).getMessage() + others, objects);
    }
  }

  /** Null if the object is as it should be. */
  private static JobFailure failure(Manifest.Entry object, Storage storage) throws IOException {
    Path path = new Path(object.uri());
    FileStatus status;
    try {
      status = path.getFileSystem(storage.hadoop()).getFileStatus(path);
    } catch (FileNotFoundException e) {
      return ObjectStream.gone(object.uri());
    }
    if (status.isDirectory()) {
      return ObjectStream.gone(object.uri());
    }
    if (status.getLen() != object.size()) {
      return changed(
          object,
          "it has %d bytes and the manifest says %d".formatted(status.getLen(), object.size()));
    }
    String etag = status instanceof EtagSource source ? source.getEtag() : null;
    if (etag != null && !etag.isEmpty() && !etag.replace("\"", "").equals(object.etag())) {
      return changed(
          object, "its ETag is %s and the manifest says %s".formatted(etag, object.etag()));
    }
    return null;
  }

  private static JobFailure changed(Manifest.Entry object, String how) {
    return JobFailure.data(
        "The object " + object.uri() + " has changed since it landed: " + how,
        List.of(object.uri()));
  }
}
