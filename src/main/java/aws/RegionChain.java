package aws;

import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Finds the region if the configuration does not name one.
 *
 * @param region finds it; this may take seconds, because the last source is EC2's metadata
 */
public record RegionChain(Supplier<Optional<String>> region) {

  /**
   * The SDK's own chain.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/region-selection.html">Default
   *     region provider chain</a>
   */
  static RegionChain ofSdk() {
    return new RegionChain(
        () -> {
          try {
            return Optional.of(DefaultAwsRegionProviderChain.builder().build().getRegion().id());
          } catch (SdkClientException e) {
            return Optional.empty();
          }
        });
  }
}
