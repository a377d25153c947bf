package landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import batch.LandedObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import run.RunId;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import testing.Models;

class LandingListingTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final LandingSettings SETTINGS =
      Models.landing("landing", "iris/", Optional.empty(), false);

  @Test
  void what_is_listed_without_an_etag_is_kept_apart_and_keeps_no_other_object_waiting() {
    LandingPage page =
        page(Optional.empty(), object("iris/"), object("iris/a"), object("iris/b", "\"e\""));

    assertThat(page.unidentified()).containsExactly("iris/a");
    assertThat(page.objects())
        .containsExactly(new LandedObject("iris", "landing", "iris/b", "e", 1, NOON, NOON));
    assertThat(page.last()).contains("iris/b");
    assertThat(page.isLast()).isTrue();
  }

  @Test
  void one_key_is_looked_up_alone_as_it_would_be_listed() {
    LandingListing listing = of(object("iris/a", "\"e\""));

    assertThat(listing.at("iris", SETTINGS, "iris/a").objects())
        .containsExactly(new LandedObject("iris", "landing", "iris/a", "e", 1, NOON, NOON));
    assertThat(listing.at("iris", SETTINGS, "iris/").objects()).isEmpty();
    assertThat(of().at("iris", SETTINGS, "iris/a").objects()).isEmpty();
    assertThat(of(object("iris/a")).at("iris", SETTINGS, "iris/a").unidentified())
        .containsExactly("iris/a");
  }

  private static LandingListing of(S3Object... objects) {
    return new LandingListing(new OnePage(objects), Clock.fixed(NOON, ZoneOffset.UTC));
  }

  @Test
  void a_store_that_lists_the_same_page_again_is_not_asked_for_ever() {
    assertThatThrownBy(() -> page(Optional.of("iris/b"), object("iris/a"), object("iris/b")))
        .hasMessageContaining("lists iris/b again")
        .hasMessageContaining("StartAfter");
  }

  private static LandingPage page(Optional<String> after, S3Object... objects) {
    return of(objects).page("iris", SETTINGS, after);
  }

  @Test
  void what_runs_have_ingested_themselves_does_not_land() {
    String ingested = SETTINGS.ingestedKey(new RunId("r-20261122T120000-00002a"), 2, "iris.data");
    LandingPage page =
        page(Optional.empty(), object(ingested, "\"e\""), object("iris/_ingested.csv", "\"e\""));

    assertThat(ingested)
        .isEqualTo("iris/_ingested/run=r-20261122T120000-00002a/attempt=2/iris.data");
    assertThat(page.objects()).extracting(LandedObject::key).containsExactly("iris/_ingested.csv");
  }

  private static S3Object object(String key) {
    return object(key, null);
  }

  private static S3Object object(String key, String etag) {
    return S3Object.builder().key(key).eTag(etag).size(1L).lastModified(NOON).build();
  }

  /** Lists these objects. */
  private record OnePage(List<S3Object> objects) implements S3Client {

    OnePage(S3Object... objects) {
      this(List.of(objects));
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
      return ListObjectsV2Response.builder().contents(objects).isTruncated(false).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
