package localcloud.snowflake.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import localcloud.snowflake.sql.Refusal;

/**
 * The buckets of the local S3: a folder each, an object being the file at its key. Nothing outside
 * the root is ever read: names that would leave it do not exist, and symbolic links are not
 * followed.
 */
public final class Buckets {

  /** An object: its key, bytes, time and file. */
  public record StoredObject(String key, long size, Instant lastModified, Path file) {}

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  private final Path root;

  /** The buckets under a folder. */
  public Buckets(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /**
   * The objects whose key starts with a prefix, by key. As in S3 the prefix is plain text.
   *
   * @throws Refusal 091003 when there is no such bucket
   */
  public List<StoredObject> list(String bucket, String prefix) {
    Path folder = folder(bucket);
    Path start = folder.resolve(plainFolders(prefix));
    List<StoredObject> found = new ArrayList<>();
    if (!isInside(folder, start)) {
      return found;
    }
    try {
      Files.walkFileTree(
          start,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String key = folder.relativize(file).toString();
              if (attributes.isRegularFile() && key.startsWith(prefix)) {
                found.add(object(key, file, attributes));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure)
                throws IOException {
              if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw failure;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list s3://" + bucket + "/" + prefix, e);
    }
    found.sort((a, b) -> a.key().compareTo(b.key()));
    return found;
  }

  /** The object at a key; empty when it does not exist, or is no plain file under the root. */
  public Optional<StoredObject> find(String bucket, String key) {
    try {
      Path folder = folder(bucket);
      Path file = folder.resolve(key);
      if (!file.equals(file.normalize())
          || !file.startsWith(folder)
          || !file.toRealPath().equals(folder.toRealPath().resolve(key))) {
        return Optional.empty();
      }
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile()
          ? Optional.of(object(key, file, attributes))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The MD5 of an object's content in hexadecimal. */
  public static String md5(StoredObject object) throws IOException {
    try (InputStream in = Files.newInputStream(object.file())) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has MD5", e);
    }
  }

  private static StoredObject object(String key, Path file, BasicFileAttributes attributes) {
    return new StoredObject(
        key, attributes.size(), attributes.lastModifiedTime().toInstant(), file);
  }

  private Path folder(String bucket) {
    Path folder = root.resolve(bucket);
    if (!BUCKET.matcher(bucket).matches()
        || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new Refusal(
          "091003",
          "55000",
          "Failure using stage area. Cause: [The specified bucket does not exist (Status Code: 404;"
              + " Error Code: NoSuchBucket)]");
    }
    return folder;
  }

  /** A folder at its real path, without symbolic links on the way. */
  private static boolean isInside(Path bucket, Path start) {
    try {
      return Files.isDirectory(start)
          && start.toRealPath().equals(bucket.toRealPath().resolve(bucket.relativize(start)));
    } catch (IOException e) {
      return false;
    }
  }

  /** Where to begin the search, so that a deep prefix does not require reading the whole bucket. */
  private static String plainFolders(String prefix) {
    String folders = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    boolean strange = ("/" + folders).matches("(?s).*/\\.{0,2}/.*");
    return strange ? "" : folders;
  }
}
