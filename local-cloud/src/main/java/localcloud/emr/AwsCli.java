package localcloud.emr;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * The AWS CLI of a primary node: this machine's own, configured for the S3 stand-in, or else a
 * script with the few commands that the service's ingestion uses.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html">Configuring
 *     environment variables for the AWS CLI</a>
 */
final class AwsCli {

  private static final String ANYBODY = "local";

  private final URI s3;
  private final Path folder;

  /**
   * Lays the script out.
   *
   * @param folder for this class's own use
   */
  AwsCli(URI s3, Path folder) throws IOException {
    this.s3 = s3;
    this.folder = Files.createDirectories(folder);
    Path script = folder.resolve("aws");
    try (InputStream in = AwsCli.class.getResourceAsStream("/emr/aws")) {
      Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
    }
    if (!script.toFile().setExecutable(true)) {
      throw new IOException("Cannot make " + script + " executable");
    }
  }

  /** Puts the CLI into the environment of a step's process, at the end of its PATH. */
  void addTo(Map<String, String> environment) {
    environment.merge("PATH", folder.toString(), (path, ours) -> path + File.pathSeparator + ours);
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AWS_ENDPOINT_URL", s3.toString());
    environment.put("AWS_ACCESS_KEY_ID", ANYBODY);
    environment.put("AWS_SECRET_ACCESS_KEY", ANYBODY);
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
  }
}
