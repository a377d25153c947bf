package localcloud.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import localcloud.faults.Faults;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.shaded.org.eclipse.jetty.server.Server;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Amazon S3 on a folder: S3Proxy with its file system backend, on loopback, for any credentials or
 * none. The object {@code s3://bucket/key} is the plain file {@code <root>/bucket/key}, which is
 * what the Snowflake stand-in reads.
 */
public final class S3Server implements AutoCloseable {
  /** A stop does not wait for clients. */
  private static final long STOP_TIMEOUT_MILLIS = 0;

  private final Path root;
  private final BucketFolders buckets;
  private final S3Proxy proxy;
  private Optional<S3Events> events = Optional.empty();

  /**
   * Prepares the server; nothing listens before {@link #start()}.
   *
   * @param port 0 for a free one
   * @param root the folder whose folders are the buckets; created if absent
   * @param faults may affect its requests
   */
  public S3Server(int port, Path root, Faults faults) throws IOException {
    this.root = Files.createDirectories(root).toRealPath();
    this.buckets = new BucketFolders(new FilesystemNio2BlobStore(this.root.toString()), this.root);
    this.proxy =
        S3Proxy.builder()
            .blobStore(buckets)
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .ignoreUnknownHeaders(true)
            .stopTimeout(STOP_TIMEOUT_MILLIS)
            .build();
    jetty(proxy).insertHandler(new FaultyCalls(faults));
  }

  /** S3Proxy does not expose its server, and a blob store does not see the original requests. */
  private static Server jetty(S3Proxy proxy) {
    try {
      Field server = S3Proxy.class.getDeclaredField("server");
      server.setAccessible(true);
      return (Server) server.get(proxy);
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalStateException(
          "Cannot put faults before S3Proxy: this version of it keeps its server elsewhere", e);
    }
  }

  /**
   * Begins to listen.
   *
   * @throws IOException if the port is taken
   */
  public void start() throws IOException {
    try {
      proxy.start();
    } catch (Exception e) {
      throw new IOException("Cannot start S3: " + e.getMessage(), e);
    }
  }

  /**
   * Reports each object that is created in the bucket from now on, by any client.
   *
   * @param queue takes each event in S3's own form; may be slow, and may fail
   */
  public void tellEvents(String bucket, Consumer<String> queue) {
    S3Events telling = new S3Events(bucket, queue, Clock.systemUTC());
    events = Optional.of(telling);
    buckets.tell(telling::created);
  }

  /** The port that it listens on, once it is started. */
  public int port() {
    return proxy.getPort();
  }

  /** Its address for clients, once it is started; they use path style. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** The real path of the folder whose folders are the buckets. */
  public Path root() {
    return root;
  }

  /** Creates the bucket unless it exists. */
  public void createBucket(String bucket) {
    if (!Files.isDirectory(root.resolve(bucket))) {
      buckets.createContainer(CreateBucketRequest.builder().bucket(bucket).build());
    }
  }

  /** Whether the bucket exists. */
  public boolean hasBucket(String bucket) {
    return Files.isDirectory(root.resolve(bucket));
  }

  /** Stores a whole object at once, as a PUT by a client does. */
  public void put(String bucket, String key, String contentType, byte[] body) {
    buckets.putBlob(
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .contentType(contentType)
            .contentLength((long) body.length)
            .build(),
        new ByteArrayInputStream(body));
  }

  @Override
  public void close() throws IOException {
    events.ifPresent(S3Events::close);
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IOException("Cannot stop S3: " + e.getMessage(), e);
    }
  }
}
