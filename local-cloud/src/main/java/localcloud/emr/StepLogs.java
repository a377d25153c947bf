package localcloud.emr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import localcloud.emr.StepFolder.Log;
import localcloud.s3.S3Server;
import software.amazon.awssdk.services.emr.model.FailureDetails;

/**
 * A step's logs where EMR puts them, {@code <LogUri>/<cluster id>/steps/<step
 * id>/{controller,stderr,stdout}.gz}, and what they say about a failure. EMR delivers them about
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

  /** Does nothing where the bucket does not exist: EMR keeps silent then, too. */
  void deliver(String logUri, String clusterId, String stepId, StepFolder folder)
      throws IOException {
    URI target = URI.create(uri(logUri, clusterId, stepId));
    if (!s3.hasBucket(target.getHost())) {
      return;
    }
    for (Log log : Log.values()) {
      Path file = folder.log(log);
      if (Files.exists(file)) {
        String key = target.getPath().substring(1) + log.fileName() + ".gz";
        s3.put(target.getHost(), key, "application/x-gzip", gzip(file));
      }
    }
  }

  /**
   * Describes a failure.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_FailureDetails.html">FailureDetails</a>:
   *     "Unknown Error" where no root cause is known
   */
  FailureDetails failure(
      String reason, Optional<String> logUri, String clusterId, String stepId, StepFolder folder) {
    FailureDetails.Builder details = FailureDetails.builder().reason(reason);
    logUri.ifPresent(uri -> details.logFile(uri(uri, clusterId, stepId) + "stderr.gz"));
    cause(folder.log(Log.STDERR)).ifPresent(details::message);
    return details.build();
  }

  /** The last line that names an exception, because that is the innermost cause. */
  private static Optional<String> cause(Path stderr) {
    try (Stream<String> lines = Files.lines(stderr)) {
      List<String> causes = lines.filter(line -> CAUSE.matcher(line).matches()).toList();
      return causes.isEmpty() ? Optional.empty() : Optional.of(causes.get(causes.size() - 1));
    } catch (IOException | java.io.UncheckedIOException e) {
      // No log, or bytes that are no text: then there is no message, as in EMR.
      return Optional.empty();
    }
  }

  private static String uri(String logUri, String clusterId, String stepId) {
    String base = logUri.endsWith("/") ? logUri : logUri + "/";
    return base + clusterId + "/steps/" + stepId + "/";
  }

  private static byte[] gzip(Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      Files.copy(file, gzip);
    }
    return bytes.toByteArray();
  }
}
