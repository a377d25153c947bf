package nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import software.amazon.awssdk.checksums.SdkChecksum;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;

/**
 * Removes, in a native image only, calls of the AWS SDK to a newer CRT than the one on the class
 * path. S3's default checksum is not affected.
 */
@SuppressWarnings("DoNotCallSuggester") // These methods are never called by this name.
final class AwsSdkSubstitutions {

  private AwsSdkSubstitutions() {}

  /** XXHash, which no request of this service uses. */
  @TargetClass(className = "software.amazon.awssdk.checksums.internal.ChecksumProvider")
  static final class NoXxHash {

    private NoXxHash() {}

    @Substitute
    static SdkChecksum crtXxHash(ChecksumAlgorithm algorithm) {
      throw new UnsupportedOperationException(
          algorithm.algorithmId() + " is not in the native image; run on a JVM");
    }
  }
}
