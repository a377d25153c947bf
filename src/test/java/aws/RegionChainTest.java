package aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RegionChainTest {

  @Test
  void the_sdks_own_settings_name_a_region() {
    String before = System.getProperty("aws.region");
    System.setProperty("aws.region", "eu-west-3");
    try {
      assertThat(RegionChain.ofSdk().region().get()).contains("eu-west-3");
    } finally {
      if (before == null) {
        System.clearProperty("aws.region");
      } else {
        System.setProperty("aws.region", before);
      }
    }
  }
}
