package localcloud;

import java.net.URI;
import java.nio.file.Path;
import localcloud.s3.S3Uri;

/** Puts a file into the local S3 with the SDK's client, for users without another client. */
public final class Tool {

  private static final String USAGE =
      "Usage: java -cp local-cloud.jar localcloud.Tool put S3-ENDPOINT FILE s3://BUCKET/KEY";
  private static final int WORDS = 4;

  private Tool() {}

  /** The key is everything after the bucket, as it is. */
  public static void main(String[] args) {
    if (Help.isWanted(args)) {
      System.out.println(USAGE);
      return;
    }
    if (args.length != WORDS || !args[0].equals("put")) {
      System.err.println(USAGE);
      System.exit(2);
    }
    S3Uri object = S3Uri.parse(args[3]);
    Cloud.put(URI.create(args[1]), Path.of(args[2]), object.bucket(), object.key());
  }
}
