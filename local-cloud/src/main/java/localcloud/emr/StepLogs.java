package localcloud.emr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import localcloud.emr.StepFolder.Log;
import localcloud.s3.S3Server;
import localcloud.s3.S3Uri;
import software.amazon.awssdk.services.emr.model.FailureDetails;

/**
 * A step's logs in EMR's place, {@code <LogUri>/<cluster id>/steps/<step
 * id>/{controller,stderr,stdout}.gz}, and what they show about a failure. EMR delivers them about
 * five minutes late, this stand-in as soon as the step ends.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-manage-view-web-log-files.html">View
 *     Amazon EMR log files</a>
 */
final class StepLogs {
  private static final Pattern CAUSE =
      Pattern.compile("^(Exception in thread |Caused by: |Error: |\\S+: command not found).*");

  private final S3Server s3;

  StepLogs(S3Server s3) {
    this.s3 = s3;
  }

  /** Does nothing if the bucket does not exist: EMR is silent then too. */
  void deliver(S3Uri logUri, String clusterId, String stepId, StepFolder folder)
      throws IOException {
    S3Uri target = target(logUri, clusterId, stepId);
    if (!s3.hasBucket(target.bucket())) {
      return;
    }
    for (Log log : Log.values()) {
      Path file = folder.log(log);
      if (Files.exists(file)) {
        put(target, log, Files.readAllBytes(file));
      }
    }
  }

  /**
   * The log of the first bootstrap action, which failed on the primary instance: {@code
   * <LogUri>/<cluster id>/node/<instance id>/bootstrap-actions/1/stderr.gz}.
   */
  void deliverBootstrap(S3Uri logUri, String clusterId, String stderr) throws IOException {
    S3Uri target =
        logUri.resolve(
            "%s/node/%s/bootstrap-actions/1/"
                .formatted(clusterId, ClusterInstances.primaryId(clusterId)));
    if (s3.hasBucket(target.bucket())) {
      put(target, Log.STDERR, stderr.getBytes(StandardCharsets.UTF_8));
      put(target, Log.STDOUT, new byte[0]);
    }
  }

  private void put(S3Uri target, Log log, byte[] text) throws IOException {
    String key = target.resolve(log.fileName() + ".gz").key();
    s3.put(target.bucket(), key, "application/x-gzip", gzip(text));
  }

  /**
   * Describes a failure.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_FailureDetails.html">FailureDetails</a>:
   *     "Unknown Error" if no root cause is known
   */
  FailureDetails failure(
      String reason, Optional<S3Uri> logUri, String clusterId, String stepId, StepFolder folder) {
    FailureDetails.Builder details = FailureDetails.builder().reason(reason);
    logUri
        .map(uri -> target(uri, clusterId, stepId).resolve("stderr.gz"))
        .ifPresent(uri -> details.logFile(uri.toString()));
    cause(folder.log(Log.STDERR)).ifPresent(details::message);
    return details.build();
  }

  /** The last line that names an exception, because that is the innermost cause. */
  private static Optional<String> cause(Path stderr) {
    try (Stream<String> lines = Files.lines(stderr)) {
      List<String> causes = lines.filter(line -> CAUSE.matcher(line).matches()).toList();
      return causes.isEmpty() ? Optional.empty() : Optional.of(causes.get(causes.size() - 1));
    } catch (IOException | UncheckedIOException e) {
      // No log, or bytes that are no text: then there is no message, as in EMR.
      return Optional.empty();
    }
  }

  private static S3Uri target(S3Uri logUri, String clusterId, String stepId) {
    return logUri.resolve(clusterId + "/steps/" + stepId + "/");
  }

  private static byte[] gzip(byte[] text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text);
    }
    return bytes.toByteArray();
  }
}
