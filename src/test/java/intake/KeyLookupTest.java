package intake;

import static org.assertj.core.api.Assertions.assertThat;

import aws.RealClients;
import batch.LandedObject;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import landing.LandingListing;
import landing.LandingPage;
import landing.OverS3;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import pipeline.Pipeline;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import testing.Iris;
import testing.LocalCloud;

/**
 * Keys that are looked up together are found as if alone, with the real client against a real S3.
 */
class KeyLookupTest {

  private static final LocalCloud CLOUD = new LocalCloud();
  private static S3Client s3;
  private final Pipeline pipeline = Iris.pipeline();
  private final AtomicInteger calls = new AtomicInteger();
  private final LandingListing listing = OverS3.listing(counting(), Clock.systemUTC());

  @BeforeAll
  static void start() {
    s3 = RealClients.s3(URI.create(CLOUD.start().get("aws.s3.endpoint")));
  }

  @AfterAll
  static void stop() {
    s3.close();
    CLOUD.stop();
  }

  @AfterEach
  void empty() {
    s3.listObjectsV2(request -> request.bucket("landing"))
        .contents()
        .forEach(one -> s3.deleteObject(request -> request.bucket("landing").key(one.key())));
  }

  @Test
  void neighbours_share_one_call() {
    List<String> keys = new ArrayList<>();
    for (int i = 10; i < 20; i++) {
      keys.add("iris/part-000%d.csv".formatted(i));
    }
    keys.forEach(KeyLookupTest::land);

    assertFound(keys);
    assertThat(calls).hasValue(1);
  }

  @Test
  void keys_far_apart_or_gone_or_of_any_characters_are_found_or_reported_missing() {
    List<String> others = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      others.add("iris/m%02d".formatted(i));
    }
    others.forEach(KeyLookupTest::land);
    List<String> landed =
        List.of("iris/a", "iris/a b+ü", "iris/b/b", "iris/m", "iris/z\uD83D\uDE00", "iris/z\uFF5E");
    landed.forEach(KeyLookupTest::land);
    List<String> wanted = new ArrayList<>(landed);
    wanted.addAll(List.of("iris/0", "iris/m30", "iris/m59", "iris/m5", "iris/zz", "other"));
    Collections.shuffle(wanted, new Random(7));

    assertFound(wanted);
    assertThat(calls.get()).isLessThanOrEqualTo(2 * wanted.size());
  }

  @Test
  void what_many_threads_look_for_at_once_is_found_by_each() throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      keys.add("iris/%d/part-%d".formatted(i % 3, i));
    }
    keys.forEach(KeyLookupTest::land);
    KeyLookup lookup = new KeyLookup(listing);
    ExecutorService threads = Executors.newFixedThreadPool(keys.size());
    try {
      CountDownLatch together = new CountDownLatch(keys.size());
      Map<String, Future<List<LandedObject>>> found = new HashMap<>();
      for (String key : keys) {
        found.put(
            key,
            threads.submit(
                () -> {
                  together.countDown();
                  together.await();
                  return lookup.at(pipeline, key).objects();
                }));
      }
      for (String key : keys) {
        assertThat(found.get(key).get()).extracting(LandedObject::key).containsExactly(key);
      }
      assertThat(calls.get()).isLessThan(keys.size());
    } finally {
      threads.shutdownNow();
    }
  }

  private void assertFound(List<String> keys) {
    Map<String, LandingPage> together = listing.at(pipeline.name(), pipeline.landing(), keys);
    int made = calls.get();
    assertThat(together).containsOnlyKeys(keys);
    for (String key : keys) {
      assertThat(facts(together.get(key).objects()))
          .as(key)
          .isEqualTo(facts(listing.at(pipeline.name(), pipeline.landing(), key).objects()));
    }
    calls.set(made);
  }

  /** All but when they were seen. */
  private static List<List<Object>> facts(List<LandedObject> objects) {
    return objects.stream()
        .map(one -> List.<Object>of(one.key(), one.etag(), one.size(), one.lastModified()))
        .toList();
  }

  private static void land(String key) {
    s3.putObject(request -> request.bucket("landing").key(key), RequestBody.fromString(key + "\n"));
  }

  private S3Client counting() {
    return new DelegatingS3Client(s3) {
      @Override
      public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        calls.incrementAndGet();
        return super.listObjectsV2(request);
      }
    };
  }
}
