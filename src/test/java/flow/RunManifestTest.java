package flow;

import static org.assertj.core.api.Assertions.assertThat;

import batch.LandedObject;
import contract.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;
import run.Run;
import run.RunId;
import testing.Iris;

/** What a run's manifest says. */
class RunManifestTest {

  @Test
  void a_manifest_holds_exactly_the_landed_objects_with_plain_keys_in_their_order() {
    LandedObject first = landed("iris/iris.data", "42615765a885ddf54427f12c34a0a070", 4_551);
    LandedObject second =
        landed(
            "iris/späte lieferung 100%+1.data.gz",
            "9d1a0949c39e66a0cd65240bc0ac9177-3", 25_165_824);
    Run run = Run.collected(Iris.RUN, "iris", Iris.NOON, 2, 25_170_375);

    Manifest manifest = RunRequests.manifest(run, List.of(first, second));

    assertThat(manifest.pipeline()).isEqualTo("iris");
    assertThat(new RunId(manifest.run())).isEqualTo(Iris.RUN);
    assertThat(manifest.objects())
        .containsExactly(
            new Manifest.Entry(
                "s3://landing/iris/iris.data", "42615765a885ddf54427f12c34a0a070", 4_551),
            new Manifest.Entry(
                "s3://landing/iris/späte lieferung 100%+1.data.gz",
                "9d1a0949c39e66a0cd65240bc0ac9177-3", 25_165_824));
  }

  private static LandedObject landed(String key, String etag, long size) {
    return new LandedObject("iris", "landing", key, etag, size, Iris.NOON, Iris.NOON);
  }
}
